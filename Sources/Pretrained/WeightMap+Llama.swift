import ModelGraph

extension WeightMap {
  /// `LlamaForCausalLM`'s names.
  init(_ sizes: LlamaSizes) {
    self.init(prefix: "model.")
    let width = sizes.hiddenSize
    add("embed.table", "\(prefix)embed_tokens.weight", rows: sizes.vocabularySize, columns: width)
    for index in 0..<sizes.numLayers {
      addBlock(sizes, "block.\(index)", "\(prefix)layers.\(index)")
    }
    add("norm_f.weight", "\(prefix)norm.weight", count: width)
    if sizes.isTied {
      ignored = ["lm_head.weight"]
    } else {
      add("head.weight", "lm_head.weight", rows: sizes.vocabularySize, columns: width)
    }
  }

  private mutating func addBlock(_ sizes: LlamaSizes, _ ours: String, _ theirs: String) {
    let (width, inner) = (sizes.hiddenSize, sizes.intermediateSize)
    let queries = sizes.numHeads * sizes.headSize
    let keys = sizes.numKeyHeads * sizes.headSize
    add("\(ours).attn.norm.weight", "\(theirs).input_layernorm.weight", count: width)
    addLinear(
      "\(ours).attn.attention.qkv", ["q", "k", "v"].map { "\(theirs).self_attn.\($0)_proj" },
      rows: [queries, keys, keys], columns: width, bias: sizes.attentionBias)
    addLinear(
      "\(ours).attn.attention.proj", ["\(theirs).self_attn.o_proj"], rows: [width],
      columns: queries, bias: sizes.attentionBias)
    add("\(ours).mlp.norm.weight", "\(theirs).post_attention_layernorm.weight", count: width)
    for (name, rows, columns) in [
      ("gate", inner, width), ("up", inner, width), ("down", width, inner),
    ] {
      addLinear(
        "\(ours).mlp.\(name)", ["\(theirs).mlp.\(name)_proj"], rows: [rows], columns: columns,
        bias: false)
    }
  }
}
