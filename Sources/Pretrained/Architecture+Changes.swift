public import ModelGraph

/// What a notebook may ask for beside what a folder's `config.json` says; no weight depends on it,
/// but those of BERT's head.
extension Architecture {
  /// Positions of an example; at most those that the model was made for.
  ///
  /// - Throws: `PretrainedFault` where the table of positions is shorter.
  public mutating func set(contextLength: Int) throws(PretrainedFault) {
    guard contextLength <= mostPositions else {
      throw .unsupported(
        setting: "positions", value: "\(mostPositions)", needs: "a context_length of at most that")
    }
    switch self {
    case .gpt2(var sizes):
      sizes.contextLength = contextLength
      self = .gpt2(sizes)
    case .bert(var sizes):
      sizes.contextLength = contextLength
      self = .bert(sizes)
    case .llama(var sizes):
      sizes.contextLength = contextLength
      self = .llama(sizes)
    }
  }

  /// Dropout of all kinds that the family has.
  public mutating func set(dropout: Float) {
    switch self {
    case .gpt2(var sizes):
      sizes.dropout = dropout
      self = .gpt2(sizes)
    case .bert(var sizes):
      (sizes.dropout, sizes.attentionDropout) = (dropout, dropout)
      self = .bert(sizes)
    case .llama(var sizes):
      sizes.attentionDropout = dropout
      self = .llama(sizes)
    }
  }

  /// Whether examples may be shorter than the context; BERT's always may.
  ///
  /// - Throws: `PretrainedFault` for a Llama.
  public mutating func set(isPadded: Bool) throws(PretrainedFault) {
    switch self {
    case .gpt2(var sizes):
      sizes.isPadded = isPadded
      self = .gpt2(sizes)
    case .bert, .llama:
      throw .unsupported(setting: "model_type", value: "\(family)", needs: "padding of gpt2")
    }
  }

  /// What BERT's encoder goes to.
  ///
  /// - Throws: `PretrainedFault` for another family.
  public mutating func set(head: BERTSizes.Head) throws(PretrainedFault) {
    guard case .bert(var sizes) = self else {
      throw .unsupported(setting: "model_type", value: "\(family)", needs: "a head of bert")
    }
    sizes.head = head
    self = .bert(sizes)
  }

  /// The family.
  public var family: ModelFamily {
    switch self {
    case .gpt2: .gpt2
    case .bert: .bert
    case .llama: .llama
    }
  }

  private var mostPositions: Int {
    switch self {
    case .gpt2(let sizes): sizes.maxPositions
    case .bert(let sizes): sizes.maxPositions
    case .llama(let sizes): sizes.contextLength
    }
  }
}
