public import Checkpointing
public import DataFiles
public import ModelGraph

/// Why a training run did not end: facts; their prose is beside them.
public enum TrainingFault: Error, Sendable {
  /// The model can't be built.
  case model(ModelFault)
  /// The plan needs more than it may reserve; nothing ran.
  case memoryLimit(MemoryRefusal)
  /// The system gave no memory.
  case outOfMemory(byteCount: Int)
  /// The disk has no file for the values that wait there; nothing ran.
  case noDiskFile(folder: String, byteCount: Int, reason: String)
  /// A value was not written to the disk, or not read from it.
  case diskFailed(step: Int, isWrite: Bool, reason: String)
  /// There are fewer examples than a batch needs.
  case tooFewExamples(have: Int, need: Int, split: String)
  /// The data does not suit the model.
  case dataMismatch(DataMismatch)
  /// A file that examples are read from is malformed or was changed.
  case data(DataFileError)
  /// Updates within the backward pass go without what needs all gradients together.
  case updateInBackward(with: String)
  /// The loss is no number any more.
  case lossNotFinite(step: Int)
  /// A weight is no number any more, though every loss was one: the last update made it so.
  case weightNotFinite(step: Int, parameter: String)
  /// The loss of an evaluation is no number.
  case evaluationNotFinite(split: String)
  /// No target of a split counts, so that it has no loss.
  case nothingCounts(split: String)
  /// No target of a step's batch counts, so that it has no loss.
  case nothingCountsInStep(Int)
  /// An evaluation or a generation needs more memory than it may reserve; nothing ran.
  case overLimit(needed: Int, limit: Int, isMachine: Bool)
  /// What was computed again is not what the first pass computed.
  case replayDiffers(step: Int, operation: String)
  /// The run was asked to stop; it continues from its saved step.
  case interrupted(step: Int)
  /// The weights of a training run are not where they were kept.
  case noWeights(path: String)
  /// Something could not be written to the disk.
  case notSaved(Saved, path: String, SaveFault)

  /// What a run writes to the disk.
  public enum Saved: Hashable, Sendable {
    case step
    case weights
    /// A model's files, for other programs.
    case model
  }

  /// How data can fail to suit a model.
  public enum DataMismatch: Error, Hashable, Sendable {
    case tokensForFeatures
    case featuresForTokens
    case width(data: Int, model: Int)
    case token(Int, vocabulary: Int)
    case classes(data: Int, model: Int)
    /// A stream of tokens has a target for each, but the model puts out one row an example.
    case targetForEachToken
    /// An example has so many targets, but the model puts out so many rows for it.
    case targetCount(data: Int, model: Int)
    /// A class is below 0, and not the one that the loss ignores; nil where it ignores none.
    case negativeClass(Int, ignored: Int?)
    /// Some targets don't count, but the loss compares with numbers, which all count.
    case uncountedTargets
    /// Images of other extents than the model reads.
    case shape(data: [Int], model: [Int])
    /// Rows of tokens are longer than the model's context.
    case length(data: Int, context: Int)
    /// A token's type is none of the model's; 0 types where it knows none.
    case tokenType(Int, types: Int)
    /// Rows are padded, but the model attends to all positions and has no padding mask.
    case paddingWithoutMask
    /// Numbers to predict, but the loss compares with classes.
    case valuesForClasses
    /// So many numbers to predict, but the model puts out others.
    case valueCount(data: Int, model: Int)
  }

  /// A stable name.
  public var code: String {
    switch self {
    case .model: "model"
    case .memoryLimit, .overLimit: "memory-limit"
    case .outOfMemory: "out-of-memory"
    case .noDiskFile: "no-disk-file"
    case .diskFailed: "disk-failed"
    case .tooFewExamples: "too-few-examples"
    case .dataMismatch: "data-mismatch"
    case .data(let error): error.fault.code
    case .updateInBackward: "update-in-backward"
    case .lossNotFinite, .evaluationNotFinite: "loss-not-finite"
    case .weightNotFinite: "weight-not-finite"
    case .nothingCounts, .nothingCountsInStep: "nothing-counts"
    case .replayDiffers: "replay-differs"
    case .interrupted: "interrupted"
    case .noWeights: "no-weights"
    case .notSaved: "not-saved"
    }
  }
}
