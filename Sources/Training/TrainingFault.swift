public import Checkpointing
public import ModelGraph

/// Why a training run did not end: facts; their prose is beside them.
public enum TrainingFault: Error, Sendable {
  /// The model can't be built.
  case model(ModelFault)
  /// The plan needs more than it may reserve; nothing ran.
  case memoryLimit(MemoryRefusal)
  /// The system gave no memory.
  case outOfMemory(byteCount: Int)
  /// There are fewer examples than a batch needs.
  case tooFewExamples(have: Int, need: Int, split: String)
  /// The data does not suit the model.
  case dataMismatch(DataMismatch)
  /// The loss is no number any more.
  case lossNotFinite(step: Int)
  /// The run was asked to stop; it continues from its saved step.
  case interrupted(step: Int)
  /// A step could not be saved.
  case notSaved(path: String, reason: String)

  /// How data can fail to suit a model.
  public enum DataMismatch: Hashable, Sendable {
    case tokensForFeatures
    case featuresForTokens
    case width(data: Int, model: Int)
    case token(Int, vocabulary: Int)
    case classes(data: Int, model: Int)
    /// A stream of tokens has a target for each, but the model puts out one row an example.
    case targetForEachToken
  }

  /// A stable name.
  public var code: String {
    switch self {
    case .model: "model"
    case .memoryLimit: "memory-limit"
    case .outOfMemory: "out-of-memory"
    case .tooFewExamples: "too-few-examples"
    case .dataMismatch: "data-mismatch"
    case .lossNotFinite: "loss-not-finite"
    case .interrupted: "interrupted"
    case .notSaved: "not-saved"
    }
  }
}
