extension PretrainedFault {
  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .config(let reason): "config.json does not describe a model: \(reason)"
    case .unknownFamily(let name): "models of the type '\(name)' are not known"
    case .unsupported(let setting, let value, _): "config.json has \(setting): \(value)"
    case .missingTensor(let name, _): "there is no tensor '\(name)'"
    case .unexpectedTensor(let name, _): "the tensor '\(name)' belongs to nothing in the model"
    case .misshapenTensor(let name, let found, let needed):
      "the tensor '\(name)' is \(found), but the model's is \(needed)"
    case .noFamily: "the model's layers are not those of a GPT-2, BERT or Llama"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .config: []
    case .unknownFamily:
      ["known: \(ModelFamily.allCases.map(\.rawValue).joined(separator: ", "))"]
    case .unsupported(_, _, let needs): ["only \(needs) is computed here"]
    case .missingTensor(_, let near?), .unexpectedTensor(_, let near?): ["did you mean '\(near)'?"]
    case .missingTensor, .unexpectedTensor: []
    case .misshapenTensor: ["config.json and the weights have to be of one model"]
    case .noFamily: ["begin with 'preset: gpt2', 'bert' or 'llama', or with 'pretrained'"]
    }
  }
}
