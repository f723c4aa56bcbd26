public import DataFiles
import ModelGraph

extension Architecture {
  /// The folder's `model.safetensors`, readable by `transformers`.
  ///
  /// - Parameters:
  ///   - notes: what the file's metadata says besides its format.
  ///   - values: a parameter's values by our name, row after row.
  /// - Throws: `SafetensorsFault` where a parameter's values are missing or of another count.
  public func safetensors(
    notes: [String: String] = [:], values: (String) -> [Float]
  ) throws(SafetensorsFault) -> SafetensorsWriter {
    // transformers insists on the format.
    var writer = SafetensorsWriter(metadata: notes.merging(["format": "pt"]) { $1 })
    for entry in weights.entries {
      let all = values(entry.parameter)
      let columns = entry.columns ?? 1
      var start = 0
      for (index, name) in entry.tensors.enumerated() {
        let end = min(all.count, start + entry.rows[index] * columns)
        let part = Array(all[start..<end])
        try writer.add(
          name, shape: entry.shape(at: index),
          values: entry.isTransposed ? part.transposed(rows: entry.rows[index]) : part)
        start = end
      }
    }
    return writer
  }

  /// The folder's `config.json`.
  public var config: String {
    let lines = settings.sorted { $0.0 < $1.0 }.map { "  \"\($0.0)\": \($0.1)" }
    return "{\n\(lines.joined(separator: ",\n"))\n}\n"
  }

  /// The keys and their values as JSON.
  private var settings: [(String, String)] {
    switch self {
    case .gpt2(let sizes):
      [
        ("architectures", "[\"GPT2LMHeadModel\"]"), ("model_type", "\"gpt2\""),
        ("activation_function", "\"gelu_new\""), ("n_layer", "\(sizes.numLayers)"),
        ("n_embd", "\(sizes.hiddenSize)"), ("n_head", "\(sizes.numHeads)"),
        ("n_positions", "\(sizes.maxPositions)"), ("vocab_size", "\(sizes.vocabularySize)"),
        ("layer_norm_epsilon", "\(sizes.layerNormEpsilon)"),
        ("resid_pdrop", "\(sizes.dropout)"), ("embd_pdrop", "\(sizes.dropout)"),
        ("attn_pdrop", "\(sizes.dropout)"), ("tie_word_embeddings", "true"),
        ("bos_token_id", "\(sizes.vocabularySize - 1)"),
        ("eos_token_id", "\(sizes.vocabularySize - 1)"), ("dtype", "\"float32\""),
      ]
    case .bert(let sizes): sizes.settings
    case .llama(let sizes):
      [
        ("architectures", "[\"LlamaForCausalLM\"]"), ("model_type", "\"llama\""),
        ("hidden_act", "\"silu\""), ("num_hidden_layers", "\(sizes.numLayers)"),
        ("hidden_size", "\(sizes.hiddenSize)"), ("num_attention_heads", "\(sizes.numHeads)"),
        ("num_key_value_heads", "\(sizes.numKeyHeads)"), ("head_dim", "\(sizes.headSize)"),
        ("intermediate_size", "\(sizes.intermediateSize)"),
        ("vocab_size", "\(sizes.vocabularySize)"),
        ("max_position_embeddings", "\(sizes.contextLength)"),
        ("rms_norm_eps", "\(sizes.normEpsilon)"), ("rope_theta", "\(sizes.rotaryBase)"),
        ("attention_dropout", "\(sizes.attentionDropout)"),
        ("attention_bias", "\(sizes.attentionBias)"), ("mlp_bias", "false"),
        ("tie_word_embeddings", "\(sizes.isTied)"), ("dtype", "\"float32\""),
      ]
    }
  }
}
