import DataFiles
import Foundation
import Kernels
import ModelGraph
import Pretrained

@testable import Checkpointing
@testable import Training

/// A folder that `transformers` saved, and what its model computes.
struct PretrainedFolder {
  let fixture: Fixture
  let architecture: Architecture
  let weights: PretrainedWeights
  let batch: Int

  init(_ name: String, file: String = #filePath) throws {
    let tests = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.appendingPathComponent("Fixtures/pretrained/\(name)")
    try self.init(name, folder: folder)
  }

  init(_ name: String, folder: URL) throws {
    fixture = try Fixture(name)
    let shape = try fixture.named("batch").shape("input_ids")
    batch = shape[0]
    let config = try Data(contentsOf: folder.appendingPathComponent("config.json"))
    var architecture = try Architecture(config: Array(config))
    try architecture.set(contextLength: shape[1])
    if architecture.family == .gpt2 { try architecture.set(isPadded: true) }
    self.architecture = architecture
    weights = try PretrainedWeights(SafetensorsFolder(path: folder.path), of: architecture)
  }

  /// Writes the folder's weights where a program keeps its parameters.
  func load(into arena: Arena, _ program: Program) throws {
    for parameter in program.parameters {
      guard let values = try weights.values(of: parameter.descriptor.name) else { continue }
      arena.write(values, to: parameter.slot)
    }
  }

  /// Writes the batch.
  func loadBatch(_ arena: Arena, _ program: Program) throws {
    let inputs = try fixture.named("batch")
    func write(_ name: String, _ slot: Program.Slot?) throws {
      guard let slot else { return }
      _ = arena.bytes(slot).bindMemory(to: Int32.self)
        .update(fromContentsOf: try inputs.indices(name))
    }
    try write("input_ids", program.input)
    try write("attention_mask", program.paddingMask)
    try write("token_type_ids", program.tokenTypes)
    try write("targets", program.target)
  }

  /// The targets that count.
  var targetCount: Int {
    get throws { try fixture.named("batch").indices("targets").count { $0 >= 0 } }
  }

  /// The logits of the batch.
  func logits() throws -> [Float] {
    var model = architecture.model
    // A last layer that does nothing keeps the output layer out of the loss.
    model.layers.append(LayerSpec(.dropout(probability: 0)))
    let graph = try Graph(lowering: model, batch: batch, training: false)
    let program = Program(evaluating: graph, threads: 2)
    let arena = try Arena(byteCounts: program.regionBytes)
    try load(into: arena, program)
    try loadBatch(arena, program)
    let executor = Executor(program, arena: arena, kernels: try Kernels(threads: 2))
    let count = try targetCount
    _ = executor.step(context(step: 1, rate: 0)) { _ in count }
    guard let loss = program.instructions.last else { return [] }
    return arena.floats(loss.inputs[0])
  }

  /// A training step's executor, with the folder's weights.
  func executor(_ policy: CheckpointPolicy, _ optimizer: OptimizerSpec) throws -> Executor {
    let graph = try Graph(lowering: architecture.model, batch: batch)
    let options = TrainingOptions(
      policy: policy, optimizer: optimizer, accumulate: 2, threads: 2)
    let program = Program(training: TrainingGraph(differentiating: graph), options: options)
    let arena = try Arena(byteCounts: program.regionBytes)
    try load(into: arena, program)
    try loadBatch(arena, program)
    return Executor(program, arena: arena, kernels: try Kernels(threads: 2))
  }

  func context(step: Int, rate: Float) -> StepContext {
    StepContext(seed: 0, step: step, passes: 1, learningRate: rate)
  }
}
