import Checkpointing
import DataFiles
import ModelGraph
import Records
import Reporting
import Training

extension FailureRecord {
  /// A training fault in words: the fault, the facts, the remedies.
  init(_ fault: TrainingFault) {
    self.init(code: fault.code, message: fault.message, notes: fault.notes)
  }

  /// Why a step can't be saved of a run that goes on.
  init(unsavedStep fault: TrainingFault) {
    self.init(fault)
    if case .notSaved(_, _, let reason) = fault { notes = reason.remedies }
    notes.append("it goes on, and tries again later; if it is killed, its progress is lost")
  }
}

extension TrainingFault {
  fileprivate var message: String {
    switch self {
    case .model(let fault):
      fault.path.isEmpty ? fault.message : "\(fault.path): \(fault.message)"
    case .memoryLimit(let refusal):
      Self.overLimit(refusal.needed, refusal.limit, isMachine: refusal.isMachine)
    case .overLimit(let needed, let limit, let isMachine):
      Self.overLimit(needed, limit, isMachine: isMachine)
    case .outOfMemory(let byteCount): "the system has no \(Format.size(byteCount)) of memory"
    case .noDiskFile(let folder, let byteCount, let reason):
      "the disk has no \(Format.size(byteCount)) in \(folder) for the values that wait there: "
        + "\(reason); nothing was run"
    case .diskFailed(let step, let isWrite, let reason):
      "in step \(step), a value could not be \(isWrite ? "written to" : "read from") the disk: "
        + reason
    case .tooFewExamples(let have, let need, let split):
      "the \(split) split has \(have) examples, but a batch needs \(need)"
    case .dataMismatch(let mismatch): mismatch.message
    case .data(let error): error.description
    case .updateInBackward(let key):
      "'\(key)' needs all gradients together, which updates within the backward pass never have"
    case .lossNotFinite(let step): "the loss is not finite any more at step \(step)"
    case .weightNotFinite(let step, let parameter):
      "'\(parameter)' is not finite any more after step \(step)"
    case .nothingCounts(let split):
      "no target of the \(split) split counts, so that it has no loss"
    case .nothingCountsInStep(let step):
      "no target of the batch of step \(step) counts, so that it has no loss"
    case .evaluationNotFinite(let split): "the loss on the \(split) split is not finite"
    case .replayDiffers(let step, let operation):
      "in step \(step), \(operation) gave other bits when it was computed again"
    case .interrupted(let step): "interrupted after step \(step)"
    case .noWeights(let path): "the trained weights in \(path) are missing or damaged"
    case .notSaved(let what, let path, let fault):
      "can't save \(what.description) to \(path): \(fault.message)"
    }
  }

  private static func overLimit(_ needed: Int, _ limit: Int, isMachine: Bool) -> String {
    let (reserved, allowed) = (Format.size(needed), Format.size(limit))
    // Two sizes that are equal to two decimals differ in their bytes.
    let bytes = reserved == allowed ? " (\(needed) and \(limit) bytes)" : ""
    return "tried to reserve \(reserved), but \(isMachine ? "this machine has" : "the limit is") "
      + "\(allowed)\(bytes); nothing was run"
  }

  fileprivate var notes: [String] {
    switch self {
    case .model(let fault): fault.notes
    case .memoryLimit(let refusal): refusal.notes
    case .overLimit: ["evaluate smaller batches, or raise memory_limit"]
    case .outOfMemory: ["set memory_limit, so that a plan that is too large is refused beforehand"]
    case .noDiskFile:
      ["make room there, or leave out 'offload: disk', or have more computed again instead"]
    case .diskFailed: ["see to the disk, and run again: it continues from the last saved step"]
    case .tooFewExamples(_, let need, _):
      ["make the batch or the context smaller, or take more data"]
        + (need > 1 ? ["or set drop_last to false, which keeps a batch that is not full"] : [])
    case .dataMismatch(let mismatch): mismatch.notes
    case .data(let error): error.fault.notes
    case .updateInBackward: ["leave one of them out"]
    case .lossNotFinite(step: 1):
      [
        "nothing was updated before: look for NaN, infinity or huge numbers in the data and the weights"
      ]
    case .nothingCounts: ["see to the labels, and to the loss's ignore_index"]
    case .nothingCountsInStep:
      [
        "make the batch larger, or leave examples out whose targets are all ignored or weigh nothing"
      ]
    case .evaluationNotFinite: ["look for NaN, infinity or huge numbers in its examples"]
    case .lossNotFinite, .weightNotFinite:
      ["lower the learning rate, add warm-up, or set clip_norm"]
    case .replayDiffers: ["report this: a recomputation must give the bits of the first pass"]
    case .interrupted: ["run again to continue from there"]
    case .noWeights: ["run again: the training is done anew"]
    case .notSaved(let what, _, let fault): fault.notes(for: what)
    }
  }
}

extension TrainingFault.DataMismatch {
  fileprivate var message: String {
    switch self {
    case .tokensForFeatures: "the data is tokens, but the model reads features"
    case .featuresForTokens: "the data is feature vectors, but the model reads tokens"
    case .width(let data, let model):
      "the data has \(data) features, but the model reads \(model)"
    case .token(let token, let vocabulary):
      "the data has token \(token), but the model's vocabulary is \(vocabulary)"
    case .targetForEachToken:
      "the data has a target for each token, but the model puts out one row an example"
    case .targetCount(let data, let model):
      "an example of the data has \(Format.count(data)) \(data == 1 ? "target" : "targets"), but the "
        + "model puts out \(Format.count(model)) rows for it"
    case .negativeClass(let index, let ignored):
      ValueFault.negativeClass(index, ignored: ignored, place: nil).message
    case .uncountedTargets:
      "some of the data's targets don't count, but the loss compares with numbers, which all count"
    case .shape(let data, let model):
      "the data's images are \(data), but the model reads \(model) (height, width, channels)"
    case .length(let data, let context):
      "the data's rows have \(data) tokens, but the model's context is \(context)"
    case .tokenType(let type, let types):
      types == 0
        ? "the data has types of tokens, but the model knows none"
        : "the data has a token of type \(type), but the model knows \(types) types"
    case .paddingWithoutMask:
      "the data's rows are padded, but the model attends to the padding: it has no padding mask"
    case .valuesForClasses: "the data has numbers to predict, but the loss compares with classes"
    case .valueCount(let data, let model):
      "the data has \(data) numbers to predict, but the model puts out \(model)"
    case .classes(let data, let model):
      "the data has \(data) classes, but the model tells \(model) apart"
    }
  }

  fileprivate var notes: [String] {
    switch self {
    case .negativeClass(let index, let ignored):
      ValueFault.negativeClass(index, ignored: ignored, place: nil).notes
    case .uncountedTargets: ["take 'loss: cross_entropy'"]
    case .targetCount(data: 1, _):
      [
        "make one row of them: 'first_token', 'global_avg_pool' or 'flatten' before the last 'linear'"
      ]
    default: []
    }
  }
}

extension MemoryRefusal {
  fileprivate var notes: [String] {
    var notes: [String] = []
    if let overflow {
      notes.append(
        "\(overflow.operation) tried to allocate \(Format.size(overflow.claimed)), with "
          + "\(Format.size(overflow.allocated)) already allocated")
    }
    notes += [
      "peak: \(Format.size(peak)) allocated during \(operation)",
      "largest tensors there: "
        + largest.map { "\($0.name) \(Format.size($0.byteCount))" }.joined(separator: ", "),
    ]
    notes += alternatives.map(\.note)
    if let onDisk { notes.append("'offload: disk' with \(onDisk.note)") }
    if let largestBatch { notes.append("a batch of \(largestBatch) fits as it is") }
    // Rounded to two decimals it may not be enough.
    notes.append(
      "the least that any policy reserves is \(Format.size(smallest)) (\(smallest) bytes)")
    return notes
  }
}

extension MemoryRefusal.Alternative {
  /// What to write, what it reserves, and what that costs.
  fileprivate var note: String {
    let waits = disk > 0 ? " and \(Format.size(disk)) on disk" : ""
    return "'checkpoint: \(policy.yaml)' reserves \(Format.size(reserved)) for "
      + "\(Format.percent(recomputedFraction)) more work\(waits)"
  }
}

extension CheckpointPolicy {
  /// The policy as a value of `checkpoint:`.
  fileprivate var yaml: String {
    switch self {
    case .none, .sqrt, .selective, .minimum, .budget(.automatic): description
    case .every, .blocks, .revolve, .keep, .drop, .budget: "{\(description)}"
    }
  }
}
