/// Tables of tokens and positions.
extension GraphBuilder {
  mutating func lowerEmbedding(
    vocabularySize: Int, width: Int, _ law: Initialization
  ) throws(ModelFault) {
    guard graph[graph.input].element == .int32 else {
      throw fault(.needsTokens(kind: "embedding"))
    }
    guard current == graph.input else { throw fault(.embeddingMustBeFirst) }
    let table = try parameter("table", shape: [vocabularySize, width], law.law(fanIn: width))
    tables[path.last?.name ?? "embedding"] = table
    tables[layer] = table
    let output = try activation(shape: [rows, width])
    let kind = Embedding(rows: rows, width: width, vocabularySize: vocabularySize)
    try emit(.embedding(kind), inputs: [current, table], outputs: [output])
    current = output
    self.width = width
  }

  mutating func lowerPositions(
    contextLength: Int, _ law: Initialization
  ) throws(ModelFault) {
    let length = try sequenceLength("position_embedding")
    guard contextLength >= length else {
      throw fault(.contextTooShort(context: contextLength, needed: length))
    }
    let table = try parameter("table", shape: [contextLength, width], law.law(fanIn: width))
    let output = try activation(shape: [rows, width])
    let kind = PositionEmbedding(
      batch: graph.batch, time: length, width: width, contextLength: contextLength)
    try emit(.positionEmbedding(kind), inputs: [current, table], outputs: [output])
    current = output
  }

  mutating func lowerTokenTypes(_ law: Initialization) throws(ModelFault) {
    let length = try sequenceLength("token_type_embedding")
    try requireTokens("token_type_embedding", length)
    guard let types = graph.tokenTypes, let count = typeCount else { throw fault(.noTokenTypes) }
    let table = try parameter("table", shape: [count, width], law.law(fanIn: width))
    let output = try activation(shape: [rows, width])
    let kind = TypeEmbedding(rows: rows, width: width, typeCount: count)
    try emit(.typeEmbedding(kind), inputs: [current, types, table], outputs: [output])
    current = output
  }

  mutating func lowerFirstToken() throws(ModelFault) {
    let length = try sequenceLength("first_token")
    let kind = FirstToken(batch: graph.batch, time: length, width: width)
    shape = .vector(width)
    let output = try activation(shape: [rows, width])
    try emit(.firstToken(kind), inputs: [current], outputs: [output])
    current = output
  }
}
