import EngineTestSupport
import ModelGraph
import Testing

/// A model that can't be built, and what is said about it.
struct BadModel: CustomTestStringConvertible, Sendable {
  var model: ModelSpec
  var layer: [Int]
  var path: String
  var message: String
  var note: String?
  var testDescription: String { message }

  init(
    _ model: ModelSpec, at layer: [Int], in path: String = "", _ message: String,
    _ note: String? = nil
  ) {
    self.model = model
    self.layer = layer
    self.path = path
    self.message = message
    self.note = note
  }
}

@Suite("Faults of models")
struct FaultTests {
  private static func embedding(_ vocabulary: Int) -> LayerSpec {
    LayerSpec(.embedding(vocabularySize: vocabulary, width: 8, initialization: .fanIn))
  }

  static let structure = [
    BadModel(.features(4, []), at: [], "the model has no layers", "add at least one layer"),
    BadModel(
      .features(4, [.relu, .repeat(2, [.residual([])])]), at: [1, 0], "the list of layers is empty"),
    BadModel(.features(4, [.repeat(2, [])]), at: [0], "the list of layers is empty"),
    BadModel(
      .features(4, [embedding(5), .linear(5)]), at: [0], in: "embedding",
      "embedding reads tokens, but the model's input is features",
      "declare 'input: {tokens: …, context_length: …}'"),
    BadModel(
      ModelSpec(
        input: .tokens(vocabularySize: 5, contextLength: 4), layers: [.norm, .linear(5)],
        loss: .crossEntropy),
      at: [0], "the first layer of a token model must be an embedding",
      "begin with 'embedding: {vocab_size: …, dim: …}'"),
    BadModel(
      ModelSpec(
        input: .tokens(vocabularySize: 5, contextLength: 4), layers: [.linear(5)],
        loss: .crossEntropy),
      at: [0], "the first layer of a token model must be an embedding"),
    BadModel(
      .tokens(5, context: 4, width: 8, [embedding(5), .linear(5)]), at: [1], in: "embedding",
      "an embedding reads tokens, so it can't come after other layers"),
    BadModel(
      ModelSpec(
        input: .tokens(TokenInput(vocabularySize: 5, contextLength: 4, isPadded: true)),
        layers: [embedding(5), LayerSpec(.reshape([8, 4])), .attention(heads: 2)],
        loss: .crossEntropy),
      at: [2], in: "attention",
      "attention reads something of each of the 4 tokens, but its value has 8 positions",
      "leave the sequence as long as the context, or do without padding and token types"),
    BadModel(
      ModelSpec(
        input: .tokens(TokenInput(vocabularySize: 5, contextLength: 4, typeCount: 2)),
        layers: [
          embedding(5), LayerSpec(.reshape([32, 1])),
          LayerSpec(.tokenTypeEmbedding(initialization: .fanIn)),
        ], loss: .crossEntropy),
      at: [2], in: "token_type_embedding",
      "token_type_embedding reads something of each of the 4 tokens, but its value has 32 positions"
    ),
    BadModel(
      .features(8, [.sequential([.relu, .attention(heads: 2)]), .linear(2)]), at: [0, 1],
      in: "attention", "attention reads a sequence, but here is a vector [8]"),
    BadModel(
      .features(4, [.relu, .residual([.linear(8), .relu], name: "r"), .linear(2)]), at: [1],
      in: "r",
      "the layers of a residual turn a vector [4] into a vector [8], so they can't be added to their input",
      "end the residual with 'linear: {out: 4}'"),
  ]

  static let names = [
    BadModel(
      .features(4, [.relu, .linear(4, name: "a"), .linear(4, name: "a")]), at: [2],
      "two layers are named 'a'", "names are unique within their layer list"),
    BadModel(
      .features(4, [.sequential([.linear(4, name: "0")], name: "s")]), at: [0, 0], in: "s",
      "'0' is no layer name",
      "names are letters, digits, '_' and '-', beginning with a letter"),
    BadModel(.features(4, [.linear(4, name: "a.b"), .relu]), at: [0], "'a.b' is no layer name"),
    BadModel(.features(4, [.linear(4, name: ""), .relu]), at: [0], "'' is no layer name"),
    BadModel(
      .tokens(5, context: 2, width: 8, [.linear(5, tiedTo: "token", name: "head")]), at: [1],
      in: "head",
      "no embedding is named 'token'", "embeddings: tokens"),
    BadModel(
      .features(8, [.linear(5, tiedTo: "x")]), at: [0], in: "linear", "no embedding is named 'x'",
      "give the embedding a name"),
  ]

  static let sizes = [
    BadModel(
      .tokens(5, context: 2, width: 8, [.linear(12), .linear(5, tiedTo: "tokens")]), at: [2],
      in: "linear_2", "the table of 'tokens' is [5, 8], but this layer's weight is [5, 12]",
      "a tied weight is [vocabulary, width], as the table is"),
    BadModel(
      .tokens(5, context: 2, width: 8, [.attention(heads: 3), .linear(5)]), at: [1],
      in: "attention",
      "3 heads do not divide the width 8", "heads that divide 8: 1, 2, 4, 8"),
    BadModel(
      .tokens(
        5, context: 9, width: 8,
        [LayerSpec(.positionEmbedding(contextLength: 4, initialization: .fanIn)), .linear(5)]),
      at: [1], in: "position_embedding", "the table has 4 positions, but the input has 9",
      "make context_length at least 9"),
    BadModel(
      ModelSpec(
        input: .tokens(vocabularySize: 7, contextLength: 4),
        layers: [.checkpoint([embedding(5)]), .linear(7)], loss: .crossEntropy),
      at: [0], "the table has 5 rows, but the vocabulary has 7", "make vocab_size at least 7"),
    BadModel(.features(4, [.relu, .linear(0)]), at: [1], "out is 0, but must be at least 1"),
    BadModel(.features(-1, [.relu]), at: [], "features is -1, but must be at least 1"),
    BadModel(.features(4, [.repeat(0, [.relu])]), at: [0], "times is 0, but must be at least 1"),
    BadModel(
      .tokens(5, context: 2, width: 8, [.attention(heads: 0), .linear(5)]), at: [1],
      "heads is 0, but must be at least 1"),
    BadModel(
      .tokens(5, context: 0, width: 8, [.linear(5)]), at: [],
      "context_length is 0, but must be at least 1"),
    BadModel(
      .features(4, [.dropout(1)]), at: [0], in: "dropout",
      "the probability is 1.0, but must be at least 0 and below 1"),
    BadModel(
      .tokens(5, context: 2, width: 8, [.attention(heads: 2, dropout: -0.5), .linear(5)]), at: [1],
      in: "attention", "the probability is -0.5, but must be at least 0 and below 1"),
  ]

  @Test(
    "Each mistake is told with its layer's place, its path and a remedy",
    arguments: [
      structure, names, sizes,
    ].flatMap { $0 })
  func faults(bad: BadModel) {
    do throws(ModelFault) {
      try bad.model.validate()
      Issue.record("the model was accepted")
    } catch {
      #expect(error.message == bad.message)
      #expect(error.layer == bad.layer)
      #expect(error.path == bad.path)
      if let note = bad.note { #expect(error.notes == [note]) }
    }
  }

  @Test("A batch below 1 is a fault of the model as a whole", arguments: [0, -3])
  func batch(size: Int) {
    #expect(
      throws: ModelFault(layer: [], path: "", reason: .notPositive(what: "batch", value: size))
    ) {
      try Graph(lowering: .features(4, [.linear(2)]), batch: size)
    }
  }

  static let giants: [ModelSpec] = [
    .features(1 << 28, [.linear(1 << 28)]),
    .features(1 << 20, [.linear(1 << 20), .linear(1 << 20)]),
    .tokens(1 << 28, context: 1 << 28, width: 1 << 28, [.linear(1 << 28)]),
    .tokens(8, context: 1 << 28, width: 4, [.attention(heads: 1), .linear(8)]),
    .tokens(8, context: 1 << 26, width: 4, [.repeat(10_000, [.attention(heads: 1)]), .linear(8)]),
    .features(.max, [.linear(.max)]),
    .features(4, [.repeat(10_000, [.repeat(10_000, [.repeat(10_000, [.relu])])])]),
    .features(4, [.repeat(.max, [.relu])]),
  ]

  @Test("Sizes that no machine has are refused, not computed with", arguments: giants.indices)
  func tooLarge(index: Int) {
    do throws(ModelFault) {
      let graph = try Graph(lowering: Self.giants[index], batch: 1 << 20)
      Issue.record("accepted with \(graph.operations.count) operations")
    } catch {
      guard case .tooLarge = error.reason else {
        Issue.record("refused with another fault: \(error.message)")
        return
      }
    }
  }

  @Test("Every model that the generator draws can be built")
  func generatedModels() throws {
    for seed in 0..<300 {
      var generator = ModelGenerator(seed: seed)
      let model = generator.model()
      do throws(ModelFault) { try model.validate() } catch {
        Issue.record("seed \(seed): \(error.path): \(error.message)")
      }
    }
  }
}
