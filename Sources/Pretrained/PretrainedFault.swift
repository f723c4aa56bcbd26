/// Why a folder's model can't be used, or a model can't be written as one: facts, with their prose
/// in `PretrainedFault+Prose.swift`.
public enum PretrainedFault: Error, Hashable, Sendable {
  /// `config.json` is no JSON object with the family's sizes.
  case config(reason: String)
  /// `model_type` is none of the families.
  case unknownFamily(String)
  /// A setting asks for what the engine does not compute.
  case unsupported(setting: String, value: String, needs: String)
  /// A weight that the model needs is not in the files; `near` is the most similar one there.
  case missingTensor(String, near: String?)
  /// A tensor of the files belongs to nothing in the model; `near` is what the model has.
  case unexpectedTensor(String, near: String?)
  /// A tensor has another shape than the model's.
  case misshapenTensor(String, found: [Int], needed: [Int])
  /// The layers are none of the families'.
  case noFamily
}
