import DataFiles
import EngineTestSupport
import Kernels
import ModelGraph
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite struct BatchLoaderTests {
  /// A loader for a model and a batch.
  private func loader(
    _ examples: Examples, _ model: ModelSpec, batch: Int
  ) throws -> BatchLoader {
    let graph = try Graph(lowering: model, batch: batch, training: false)
    return BatchLoader(
      examples: examples, program: Program(evaluating: graph, threads: 1), batch: batch,
      loss: model.loss)
  }

  private let language = ModelSpec.tokens(9, context: 4, width: 8, [.norm, .linear(9)])

  @Test("Targets of a stream are the tokens one further")
  func stream() throws {
    let loader = try loader(.tokens([0, 1, 2, 3, 4, 5, 6, 7, 8]), language, batch: 2)
    let batch = try loader.batch([1, 0])
    #expect(batch.tokens == [4, 5, 6, 7, 0, 1, 2, 3])
    #expect(batch.classes == [5, 6, 7, 8, 1, 2, 3, 4])
  }

  @Test("Rows shorter than the context are filled up with tokens that don't count")
  func padding() throws {
    let rows = SequenceExamples(
      length: 3, tokens: [1, 2, 3, 4, 5, 6], targets: .classes([2, 3, -1, 5, 6, -1], perExample: 3))
    let batch = try loader(.sequences(rows), language, batch: 2).batch([1, 0])
    #expect(batch.tokens == [4, 5, 6, 0, 1, 2, 3, 0])
    #expect(batch.classes == [5, 6, -1, Targets.uncounted, 2, 3, -1, Targets.uncounted])
  }

  @Test("Targets before the answer are ignored")
  func answers() {
    let none = Targets.uncounted
    let rows = SequenceExamples(
      predictingNextOf: [1, 2, 3, 4, 5, 6, 7, 8], length: 3, firstTarget: 1)
    #expect(rows.tokens == [1, 2, 3, 5, 6, 7])
    #expect(rows.targets == .classes([none, 3, 4, none, 7, 8], perExample: 3))
    #expect(rows.part([1]).targets == .classes([none, 7, 8], perExample: 3))
  }

  @Test("Places of a partial batch hold zeros, and their targets are ignored")
  func partial() throws {
    let model = ModelSpec.features(2, [.linear(3)])
    let loader = try loader(
      .features([1, 2, 3, 4], width: 2, classes: [2, -1]), model, batch: 3)
    let batch = try loader.batch([0, 1])
    let arena = try Arena(byteCounts: loader.program.regionBytes)
    let target = arena.bytes(loader.program.target).bindMemory(to: Int32.self)
    target.update(repeating: 9)
    loader.write(batch, to: arena)
    #expect(arena.floats(loader.program.input) == [1, 2, 3, 4, 0, 0])
    #expect(Array(target) == [2, -1, Targets.uncounted])
  }

  @Test("Numbers are predicted as they are, classes as 1 at their place")
  func numbers() throws {
    let model = ModelSpec.features(1, loss: .meanSquaredError, [.linear(2)])
    let values = FeatureExamples(
      values: .memory([7, 8]), shape: [1], targets: .values([1, 2, 3, 4], perExample: 2))
    #expect(try loader(.features(values), model, batch: 1).batch([1]).values == [3, 4])
    let classes = Examples.features([7, 8], width: 1, classes: [1, 0])
    #expect(try loader(classes, model, batch: 2).batch([0, 1]).values == [0, 1, 1, 0])
  }

  @Test("Features in a file are those in memory, scaled by channel")
  func stored() throws {
    let bytes = FileBytes([0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 4] + (0..<12), name: "a-idx")
    let file = try IDXFile(bytes)
    let scaling = FeatureScaling(divisor: 2, mean: [1, 0], deviation: [1, 10])
    let examples = FeatureExamples(
      values: .stored(
        ArrayFeatures(file.elements, width: 4, scaling: scaling), examples: [2, 0]),
      shape: [1, 2, 2], targets: .classes([5, 6], perExample: 1))
    #expect(try examples.features(of: 0) == [3, 0.45, 4, 0.55])
    #expect(try examples.part([1]).features(of: 0) == [-1, 0.05, 0, 0.15])
  }

  @Test("A run whose file is cut off fails with the file's name, and does not end the process")
  func changedFile() throws {
    let folder = try TemporaryDirectory()
    let count = 1 << 20
    let header: [UInt8] = [0, 0, 8, 2, 0, 0x10, 0, 0, 0, 0, 0, 2]
    let path = try folder.write(
      "large-idx", bytes: header + [UInt8](repeating: 1, count: 2 * count))
    let file = try IDXFile(path: path)
    let source = ArrayFeatures(file.elements, width: 2)
    let examples = FeatureExamples(
      values: .stored(source, examples: Array(0..<count)), shape: [2],
      targets: .classes([Int32](repeating: 0, count: count), perExample: 1))
    let model = ModelSpec.features(2, [.linear(3)])
    let run = try TrainingRun(
      .small(model), data: Dataset(train: .features(examples), validation: .tokens([])),
      kernels: .init(threads: 1))
    try folder.write("large-idx", bytes: header)
    #expect {
      try run.run()
    } throws: { error in
      guard case .data(let error) = error as? TrainingFault else { return false }
      return error.file == path && error.fault.code == "changed-meanwhile"
    }
  }
}
