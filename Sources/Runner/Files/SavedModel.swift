import DataFiles
import FoundationEssentials
import Records

/// What a folder holds that a run saves its model to.
enum SavedModel: Equatable {
  /// No model.
  case none
  /// A model that was saved here before, by the digest of its weights.
  case own(weights: String)
  /// A model that something else wrote, or changed, with one of its files.
  case foreign(file: String)

  /// The key in the metadata of weights under which their digest is: what has it is ours.
  static let mark = "nbrun"
  static let configName = "config.json"
  static let weightsName = "model.safetensors"
  /// The files by which `transformers` knows a folder of weights in several files.
  private static let otherNames = ["model.safetensors.index.json", "pytorch_model.bin"]

  /// Looks into a folder; of the weights the header alone is read.
  init(in folder: String) {
    let names = [Self.weightsName, Self.configName] + Self.otherNames
    let found = names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    guard let first = found.first else {
      self = .none
      return
    }
    let file = try? SafetensorsFile(path: "\(folder)/\(Self.weightsName)")
    guard let weights = file?.metadata[Self.mark], found.contains(Self.configName) else {
      self = .foreign(file: first)
      return
    }
    self = .own(weights: weights)
  }

  /// Whether the folder holds what a run with this result saved.
  func isResult(_ record: Record?) -> Bool {
    guard case .own(let weights) = self else { return false }
    return weights == record?.digest["weights"]
  }
}
