import ModelGraph

extension BERTSizes {
  /// The keys of `config.json` and their values as JSON.
  var settings: [(String, String)] {
    [
      ("model_type", "\"bert\""), ("hidden_act", "\"gelu\""),
      ("num_hidden_layers", "\(numLayers)"), ("hidden_size", "\(hiddenSize)"),
      ("num_attention_heads", "\(numHeads)"), ("intermediate_size", "\(intermediateSize)"),
      ("vocab_size", "\(vocabularySize)"), ("max_position_embeddings", "\(maxPositions)"),
      ("type_vocab_size", "\(typeCount)"), ("hidden_dropout_prob", "\(dropout)"),
      ("attention_probs_dropout_prob", "\(attentionDropout)"),
      ("layer_norm_eps", "\(layerNormEpsilon)"), ("tie_word_embeddings", "true"),
      ("dtype", "\"float32\""),
    ] + headSettings
  }

  private var headSettings: [(String, String)] {
    switch head {
    case .none: return [("architectures", "[\"BertModel\"]")]
    case .maskedLM: return [("architectures", "[\"BertForMaskedLM\"]")]
    case .classification(let classes):
      let names = (0..<classes).map { "\"LABEL_\($0)\"" }
      let labels = names.enumerated().map { "\"\($0)\": \($1)" }
      let numbers = names.enumerated().map { "\($1): \($0)" }
      return [
        ("architectures", "[\"BertForSequenceClassification\"]"),
        ("id2label", "{\(labels.joined(separator: ", "))}"),
        ("label2id", "{\(numbers.joined(separator: ", "))}"),
      ]
    }
  }
}
