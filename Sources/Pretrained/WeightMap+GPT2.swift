import ModelGraph

extension WeightMap {
  /// `GPT2LMHeadModel`'s names; its `Conv1D` weights are [in, out].
  init(_ sizes: GPT2Sizes) {
    self.init(prefix: "transformer.")
    ignored = ["lm_head.weight"]
    let width = sizes.hiddenSize
    add("wte.table", "\(prefix)wte.weight", rows: sizes.vocabularySize, columns: width)
    add("wpe.table", "\(prefix)wpe.weight", rows: sizes.maxPositions, columns: width)
    for index in 0..<sizes.numLayers {
      let (ours, theirs) = ("block.\(index)", "\(prefix)h.\(index)")
      func addConv1D(_ name: String, _ tensor: String, rows: Int, columns: Int) {
        addLinear(
          "\(ours).\(name)", ["\(theirs).\(tensor)"], rows: [rows], columns: columns,
          transposed: true)
      }
      addNorm("\(ours).attn.norm", "\(theirs).ln_1", count: width)
      addConv1D("attn.attention.qkv", "attn.c_attn", rows: 3 * width, columns: width)
      addConv1D("attn.attention.proj", "attn.c_proj", rows: width, columns: width)
      addNorm("\(ours).mlp.norm", "\(theirs).ln_2", count: width)
      addConv1D("mlp.up", "mlp.c_fc", rows: 4 * width, columns: width)
      addConv1D("mlp.down", "mlp.c_proj", rows: width, columns: 4 * width)
    }
    addNorm("ln_f", "\(prefix)ln_f", count: width)
  }
}
