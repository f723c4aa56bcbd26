/// The words of output regions and figures.
///
/// The raw value is the English text. Regions are read back by these words, so a changed one makes
/// older files unreadable for `diff`.
enum Phrase: String, CaseIterable {
  // Titles of columns and axes.
  case activations, added = "added work", bytes, cell, claim, count, difference, flops, kept, layer
  case loss, operation = "operation of the schedule", parameters, part, peak, policy, quantity
  case ratio, recomputed, reserved, share = "share of a step", shape = "output shape", step, tensor
  case time, value, values, verdict

  // Rows of summaries.
  case batch, checkpoint, contents, exampleShape = "shape of an example", epochs, firstToLast =
    "first → last"
  case digestOf = "digest of", optimizer, precision, seed, steps, tokens, total, vocabulary, classes
  case split, targets, evaluatedExamples = "examples"
  case operationsRecomputed = "operations recomputed in a step"
  case flopsAdded = "work added to a step"
  case replay = "computed again and compared"
  case uselessSegments = "segments that lower no peak"
  case unmetBudget = "budget that no plan meets"
  case peakMemory = "peak memory", activationBytes = "activation bytes"

  // Rows of the memory table.
  case optimizerState = "optimizer state", gradients, inputs, workspace
  case peakPlanned = "peak, planned", peakMeasured = "peak, measured"
  case keptForBackward = "kept for the backward pass"
  case waitsOnDisk = "waits on disk", onDisk = "on disk"
  case peakReachedIn = "The peak is reached in"

  // What the planner finds.
  case planner, smallestBudget = "smallest budget", fastestWithin = "fastest within"
  case largestBatch = "largest batch", peakReachedInShort = "peak in"

  // Rows of the timing table.
  case forward, recompute = "recomputation", backward, optimizerStep = "optimizer step"
  case waitingForDisk = "waiting for the disk"
  case stepMedian = "step (median)", wholeCell = "whole cell", threads, processMemory = "process"

  // Figures and their parts.
  case parametersAndInputs = "parameters and inputs"
  case workAxis = "work added by recomputation", memoryAxis = "live memory"
  case lossFigure = "Loss of", timelineFigure = "Live memory during a step of"
  case comparedMemory = "Live memory during a step, compared by"
  case frontierFigure = "Peak memory against added work, policies of"

  // Folded tables.
  case lossByStep = "Loss by step", memoryByLayer = "Memory by layer"
  case largestTensors = "Largest tensors at the peak", frontierTable = "Frontier of the planner"
  case examples = "Examples"

  // Queries.
  case noRows = "no rows", rowsShown = "rows shown"
  case series, plottedValues = "Plotted values"
  case valuesOmitted = "Values that can't be shown"

  // Certificates.
  case policiesOfOneSetup = "policies of one setup", lossesOfAllSteps = "losses of all steps"
  case trainedWeights = "trained weights", equalBits = "equal bits"
  case differentBits = "different bits", lastGradients = "gradients of the last step"

  // Verdicts and failures.
  case holds = "✓ holds", fails = "✗ fails", seeTimes = "see times", error = "Error"

  func text(in language: Language) -> String {
    switch language {
    case .english: rawValue
    case .japanese: Self.japanese[self] ?? rawValue
    }
  }

  /// Everything that may stand for this phrase in a written region.
  var spellings: [String] { Language.allCases.map(text) }
}
