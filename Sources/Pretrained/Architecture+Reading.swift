import ModelGraph

extension Architecture {
  /// Reads a `config.json`.
  ///
  /// - Throws: `PretrainedFault`.
  public init(config bytes: [UInt8]) throws(PretrainedFault) {
    let config = try Config(bytes)
    guard case .text(let type) = config["model_type"] else {
      throw .config(reason: "'model_type' is missing")
    }
    switch ModelFamily(rawValue: type) {
    case .gpt2: self = .gpt2(try GPT2Sizes(config))
    case .bert: self = .bert(try BERTSizes(config))
    case .llama: self = .llama(try LlamaSizes(config))
    case nil: throw .unknownFamily(String(type.prefix(40)))
    }
    do throws(ModelFault) {
      try model.validate()
    } catch {
      throw .config(reason: error.message)
    }
  }
}

extension GPT2Sizes {
  /// `GPT2Config`'s settings and defaults.
  fileprivate init(_ config: Config) throws(PretrainedFault) {
    try config.require("activation_function", .text("gelu_new"))
    try config.require("scale_attn_weights", .flag(true))
    try config.require("scale_attn_by_inverse_layer_idx", .flag(false))
    try config.require("add_cross_attention", .flag(false))
    try config.require("tie_word_embeddings", .flag(true))
    let width = try config.size("n_embd", default: 768)
    try config.require("n_inner", .number(Double(4 * width)))
    let dropout = try config.probability("resid_pdrop", default: 0.1)
    for key in ["embd_pdrop", "attn_pdrop"] {
      let other = try config.probability(key, default: 0.1)
      guard other == dropout else {
        throw .unsupported(setting: key, value: "\(other)", needs: "resid_pdrop's \(dropout)")
      }
    }
    self.init(
      numLayers: try config.size("n_layer", default: 12), hiddenSize: width,
      numHeads: try config.size("n_head", default: 12),
      vocabularySize: try config.size("vocab_size", default: 50_257),
      contextLength: try config.size("n_positions", default: 1024), dropout: dropout,
      layerNormEpsilon: try config.positive("layer_norm_epsilon", default: 1e-5))
  }
}

extension BERTSizes {
  /// `BertConfig`'s settings and defaults; the head is that of the architecture.
  fileprivate init(_ config: Config) throws(PretrainedFault) {
    try config.require("hidden_act", .text("gelu"))
    try config.require("position_embedding_type", .text("absolute"))
    try config.require("is_decoder", .flag(false))
    try config.require("tie_word_embeddings", .flag(true))
    let dropout = try config.probability("hidden_dropout_prob", default: 0.1)
    let last = try config.probability("classifier_dropout", default: Double(dropout))
    guard last == dropout else {
      throw .unsupported(
        setting: "classifier_dropout", value: "\(last)", needs: "hidden_dropout_prob's \(dropout)")
    }
    self.init(
      numLayers: try config.size("num_hidden_layers", default: 12),
      hiddenSize: try config.size("hidden_size", default: 768),
      numHeads: try config.size("num_attention_heads", default: 12),
      intermediateSize: try config.size("intermediate_size", default: 3072),
      vocabularySize: try config.size("vocab_size", default: 30_522),
      maxPositions: try config.size("max_position_embeddings", default: 512),
      typeCount: try config.size("type_vocab_size", default: 2),
      attentionDropout: try config.probability("attention_probs_dropout_prob", default: 0.1),
      dropout: dropout,
      layerNormEpsilon: try config.positive("layer_norm_eps", default: 1e-12),
      head: try Self.head(config))
  }

  private static func head(_ config: Config) throws(PretrainedFault) -> Head {
    guard case .list(let names) = config["architectures"], case .text(let name) = names.first else {
      return .none
    }
    switch name {
    case "BertForSequenceClassification":
      if let labels = config.inner("id2label") { return .classification(classes: labels.count) }
      return .classification(classes: try config.size("num_labels", default: 2))
    case "BertForMaskedLM", "BertForPreTraining": return .maskedLM
    case "BertModel": return .none
    default:
      throw .unsupported(
        setting: "architectures", value: "'\(name.prefix(40))'",
        needs: "BertModel, BertForMaskedLM or BertForSequenceClassification")
    }
  }
}

extension LlamaSizes {
  /// `LlamaConfig`'s settings and defaults.
  fileprivate init(_ config: Config) throws(PretrainedFault) {
    try config.require("hidden_act", .text("silu"))
    try config.require("mlp_bias", .flag(false))
    try config.require("pretraining_tp", .number(1))
    // Version 5 of `transformers` moved the base and the scaling into one object.
    let rotary = config.inner("rope_parameters") ?? config
    // Earlier versions called it the type.
    for key in ["rope_type", "type"] { try rotary.require(key, .text("default")) }
    try config.require("rope_scaling", .null)
    let heads = try config.size("num_attention_heads", default: 32)
    let width = try config.size("hidden_size", default: 4096)
    self.init(
      numLayers: try config.size("num_hidden_layers", default: 32), hiddenSize: width,
      numHeads: heads, numKeyHeads: try config.size("num_key_value_heads", default: heads),
      headSize: try config.size("head_dim", default: max(1, width / heads)),
      intermediateSize: try config.size("intermediate_size", default: 11_008),
      vocabularySize: try config.size("vocab_size", default: 32_000),
      contextLength: try config.size("max_position_embeddings", default: 2048),
      rotaryBase: Double(try rotary.positive("rope_theta", default: AttentionSpec.usualRotaryBase)),
      normEpsilon: try config.positive("rms_norm_eps", default: 1e-6),
      attentionDropout: try config.probability("attention_dropout", default: 0),
      attentionBias: try config.flag("attention_bias", default: false),
      isTied: try config.flag("tie_word_embeddings", default: false))
  }
}
