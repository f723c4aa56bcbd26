import ModelGraph

extension WeightMap {
  /// The names of `BertForSequenceClassification`, `BertForMaskedLM` and, without prefix, `BertModel`.
  init(_ sizes: BERTSizes) {
    self.init(prefix: "bert.")
    addEmbeddings(sizes)
    for index in 0..<sizes.numLayers {
      addLayer(sizes, "encoder.\(index)", "\(prefix)encoder.layer.\(index)")
    }
    addHead(sizes)
  }

  private mutating func addEmbeddings(_ sizes: BERTSizes) {
    let (width, theirs) = (sizes.hiddenSize, "\(prefix)embeddings")
    for (name, tensor, rows) in [
      ("word", "word_embeddings", sizes.vocabularySize),
      ("type", "token_type_embeddings", sizes.typeCount),
      ("position", "position_embeddings", sizes.maxPositions),
    ] {
      add("\(name).table", "\(theirs).\(tensor).weight", rows: rows, columns: width)
    }
    addNorm("embedding_norm", "\(theirs).LayerNorm", count: width)
  }

  private mutating func addLayer(_ sizes: BERTSizes, _ ours: String, _ theirs: String) {
    let (width, inner) = (sizes.hiddenSize, sizes.intermediateSize)
    addLinear(
      "\(ours).attn.attention.qkv",
      ["query", "key", "value"].map { "\(theirs).attention.self.\($0)" },
      rows: [width, width, width], columns: width)
    addLinear(
      "\(ours).attn.attention.proj", ["\(theirs).attention.output.dense"], rows: [width],
      columns: width)
    addNorm("\(ours).attn_norm", "\(theirs).attention.output.LayerNorm", count: width)
    addLinear("\(ours).mlp.up", ["\(theirs).intermediate.dense"], rows: [inner], columns: width)
    addLinear("\(ours).mlp.down", ["\(theirs).output.dense"], rows: [width], columns: inner)
    addNorm("\(ours).mlp_norm", "\(theirs).output.LayerNorm", count: width)
  }

  private mutating func addHead(_ sizes: BERTSizes) {
    let width = sizes.hiddenSize
    switch sizes.head {
    case .none: ignored = ["\(prefix)pooler.", "pooler.", "cls.", "classifier."]
    case .classification(let classes):
      addLinear("pooler", ["\(prefix)pooler.dense"], rows: [width], columns: width)
      addLinear("classifier", ["classifier"], rows: [classes], columns: width)
      ignored = ["cls."]
    case .maskedLM:
      let theirs = "cls.predictions"
      addLinear("transform", ["\(theirs).transform.dense"], rows: [width], columns: width)
      addNorm("transform_norm", "\(theirs).transform.LayerNorm", count: width)
      add("decoder.bias", "\(theirs).bias", count: sizes.vocabularySize)
      ignored = [
        "\(prefix)pooler.", "pooler.", "classifier.", "cls.seq_relationship.",
        "\(theirs).decoder.weight", "\(theirs).decoder.bias",
      ]
    }
  }
}
