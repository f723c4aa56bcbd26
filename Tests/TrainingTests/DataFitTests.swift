import EngineTestSupport
import Kernels
import ModelGraph
import Testing

@testable import Training

@Suite struct DataFitTests {
  private func mismatch(
    _ model: ModelSpec, _ train: Examples
  ) throws -> TrainingFault.DataMismatch? {
    do {
      _ = try TrainingRun(
        .small(model, batch: 1), data: Dataset(train: train, validation: .tokens([])),
        kernels: Kernels(threads: 1))
      return nil
    } catch TrainingFault.dataMismatch(let mismatch) {
      return mismatch
    }
  }

  private let language = ModelSpec.tokens(9, context: 4, width: 8, [.norm, .linear(9)])

  private func rows(_ length: Int, _ targets: Targets, types: [Int32] = []) -> Examples {
    .sequences(
      SequenceExamples(
        length: length, tokens: [Int32](repeating: 1, count: length), types: types,
        targets: targets))
  }

  @Test("Classes below 0 are told, but for the one that cross-entropy ignores")
  func negative() throws {
    let model = ModelSpec.features(1, [.linear(3)])
    #expect(try mismatch(model, .features([1, 2], width: 1, classes: [-100, 0])) == nil)
    #expect(
      try mismatch(model, .features([1], width: 1, classes: [-1]))
        == .negativeClass(-1, ignored: -100))
    let marked = ModelSpec.features(
      1, loss: .crossEntropy(CrossEntropySpec(ignoreIndex: -1)), [.linear(3)])
    #expect(try mismatch(marked, .features([1, 2], width: 1, classes: [-1, 0])) == nil)
    let squares = ModelSpec.features(1, loss: .meanSquaredError, [.linear(3)])
    #expect(
      try mismatch(squares, .features([1], width: 1, classes: [-1]))
        == .negativeClass(-1, ignored: nil))
    let none = Targets.uncounted
    #expect(try mismatch(squares, .features([1], width: 1, classes: [none])) == .uncountedTargets)
  }

  @Test("Images have the extents that the model reads; vectors of as many numbers serve as well")
  func images() throws {
    let layers = [LayerSpec(.linear(LinearSpec(outFeatures: 2)))]
    let model = ModelSpec(
      input: .image(height: 2, width: 3, channels: 1), layers: layers, loss: .meanSquaredError)
    func examples(_ shape: [Int]) -> Examples {
      .features(
        FeatureExamples(
          values: .memory([Float](repeating: 0, count: shape.reduce(1, *))), shape: shape,
          targets: .values([Float](repeating: 0, count: 12), perExample: 12)))
    }
    #expect(try mismatch(model, examples([2, 3, 1])) == nil)
    #expect(try mismatch(model, examples([6])) == nil)
    #expect(try mismatch(model, examples([7])) == .width(data: 7, model: 6))
    #expect(
      try mismatch(model, examples([3, 2, 1])) == .shape(data: [3, 2, 1], model: [2, 3, 1]))
  }

  @Test("Rows of tokens fit the context, the vocabulary and the outputs")
  func sequences() throws {
    let labels = Targets.classes([1, 2, 3], perExample: 3)
    #expect(try mismatch(language, rows(3, labels)) == nil)
    #expect(
      try mismatch(language, rows(5, .classes([1, 1, 1, 1, 1], perExample: 5)))
        == .length(data: 5, context: 4))
    #expect(
      try mismatch(language, rows(3, .classes([1], perExample: 1)))
        == .targetCount(data: 1, model: 4))
    #expect(
      try mismatch(language, rows(3, .classes([9, 0, 0], perExample: 3)))
        == .classes(data: 10, model: 9))
    #expect(
      try mismatch(language, rows(3, labels, types: [0, 1, 0])) == .tokenType(0, types: 0))
  }

  @Test("Padding needs a mask where positions see later ones, and none where they don't")
  func padding() throws {
    func model(causal: Bool, isPadded: Bool) -> ModelSpec {
      let attention = AttentionSpec(heads: 2, causal: causal)
      return ModelSpec(
        input: .tokens(TokenInput(vocabularySize: 9, contextLength: 4, isPadded: isPadded)),
        layers: [
          LayerSpec(.embedding(vocabularySize: 9, width: 8, initialization: .fanIn)),
          LayerSpec(.attention(attention)), LayerSpec(.linear(LinearSpec(outFeatures: 9))),
        ], loss: .crossEntropy)
    }
    let short = rows(3, .classes([1, 2, 3], perExample: 3))
    #expect(try mismatch(model(causal: true, isPadded: false), short) == nil)
    #expect(try mismatch(model(causal: false, isPadded: false), short) == .paddingWithoutMask)
  }

  @Test("Numbers to predict need a loss of numbers and as many outputs")
  func values() throws {
    let values = Examples.features(
      FeatureExamples(values: .memory([1]), shape: [1], targets: .values([1, 2], perExample: 2)))
    #expect(try mismatch(.features(1, [.linear(3)]), values) == .valuesForClasses)
    let squares = ModelSpec.features(1, loss: .meanSquaredError, [.linear(3)])
    #expect(try mismatch(squares, values) == .valueCount(data: 2, model: 3))
  }
}
