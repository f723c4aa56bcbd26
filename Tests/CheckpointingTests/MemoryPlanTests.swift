import EngineTestSupport
import ModelGraph
import Testing

@testable import Checkpointing

@Suite("Memory plans")
struct MemoryPlanTests {
  private func program(_ model: ModelSpec, _ policy: CheckpointPolicy, batch: Int = 2) throws
    -> Program
  {
    Program(training: try differentiated(model, batch: batch), options: options(policy))
  }

  @Test(
    "The peak is the largest sum of parts at any position, and no more than what is reserved",
    arguments: 0..<80)
  func peak(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in Case.policies {
      let program = example.program(policy)
      let totals = program.memory.timeline.map(\.total)
      #expect(program.memory.peak.total == totals.max())
      #expect(program.memory.peakPosition == totals.firstIndex(of: totals.max() ?? 0))
      #expect(program.memory.peak.total <= program.reservedBytes, "\(policy)")
      #expect(totals.count == program.instructions.count)
    }
  }

  @Test("The tensors named at the peak add up to it", arguments: 0..<40)
  func largest(seed: Int) throws {
    let memory = try Case(seed: seed).program(.every(1)).memory
    #expect(memory.largest.reduce(0) { $0 + $1.byteCount } == memory.peak.total)
    #expect(memory.largest.map(\.byteCount) == memory.largest.map(\.byteCount).sorted(by: >))
  }

  @Test("Weights and optimizer state are counted whole at every position", arguments: 0..<40)
  func persistentParts(seed: Int) throws {
    let example = try Case(seed: seed)
    let graph = example.training.graph
    let weights = graph.parameters.reduce(0) { $0 + graph[$1.tensor].byteCount }
    let statistics = graph.statistics.reduce(0) { $0 + graph[$1.tensor].byteCount }
    for policy in Case.policies {
      for usage in example.program(policy).memory.timeline {
        #expect(usage.parameters == weights + statistics)
        #expect(
          usage.optimizer == example.trainedBytes * example.options.optimizer.stateNames.count)
      }
    }
  }

  @Test(
    "With accumulation every gradient is there from the first operation to the last",
    arguments: 0..<40)
  func accumulatedGradients(seed: Int) throws {
    let example = try Case(seed: seed, accumulates: true)
    let gradients = example.program(.every(1)).memory.timeline.map(\.gradients)
    #expect(Set(gradients).count == 1)
    #expect(gradients[0] >= example.trainedBytes)
    if example.options.optimizer.frozen.isEmpty { #expect(gradients[0] == example.trainedBytes) }
  }

  @Test("Parameters and kept values by layer add up to the whole", arguments: 0..<120)
  func byLayer(seed: Int) throws {
    let example = try Case(seed: seed)
    let training = example.training
    let weights = (training.graph.parameters + training.graph.statistics)
      .reduce(0) { $0 + training[$1.tensor].byteCount }
    for policy in Case.written {
      let tree = SegmentTree(policy: policy, training: training)
      let schedule = Schedule(training, tree: tree)
      let map = StorageMap(schedule, accumulates: false)
      let loss = try #require(schedule.operations.firstIndex { $0.phase == .backward })
      let kept = map.storages.filter {
        $0.role == .activation && $0.phase == .forward && $0.lifetime.upperBound > loss
      }
      let memory = example.program(policy).memory
      #expect(memory.kept == kept.reduce(0) { $0 + $1.byteCount }, "\(policy)")
      #expect(memory.layers.reduce(0) { $0 + $1.parameters } == weights, "\(policy)")
      #expect(Set(memory.layers.map(\.layer)).count == memory.layers.count)
    }
  }

  @Test("The layers of a plan are the blocks and what is around them, in the model's order")
  func layerRows() throws {
    let rows = try program(.smallGPT(blocks: 2), .none).memory.layers
    #expect(rows.map(\.layer) == ["wte", "wpe", "block.0", "block.1", "ln_f", "head"])
    let model = ModelSpec.features(
      8, loss: .meanSquaredError,
      [
        .checkpoint([.linear(8), .relu]),
        .residual([.repeat(2, [.linear(8), .gelu], name: "block"), .relu], name: "r"), .linear(1),
      ])
    let nested = try program(model, .none).memory.layers
    #expect(
      nested.map(\.layer) == [
        "linear", "relu", "r.block.0", "r.block.1", "r.relu", "r", "linear_2",
      ])
  }

  @Test(
    "The deeper a chain of blocks, the more its segments save",
    arguments: [
      CheckpointPolicy.every(1), .every(2), .sqrt,
    ])
  func saves(policy: CheckpointPolicy) throws {
    var ratios: [Double] = []
    for blocks in [4, 8, 16, 32] {
      let model = ModelSpec.smallGPT(blocks: blocks, width: 16, context: 32)
      let plain = try program(model, .none, batch: 8).memory.peak
      let cut = try program(model, policy, batch: 8).memory.peak
      #expect(cut.total < plain.total)
      ratios.append(Double(cut.activations) / Double(plain.activations))
    }
    #expect(ratios == ratios.sorted(by: >), "\(ratios)")
  }

  @Test("Only what enters a segment is kept: a row of width values for each block and row")
  func keptBytes() throws {
    let (width, rows, blocks) = (16, 16, 6)
    let memory = try program(.smallGPT(blocks: blocks, width: width, context: 8), .every(1)).memory
    for layer in memory.layers where layer.layer.hasPrefix("block") {
      // The last block's output enters the last layer norm.
      #expect(layer.kept == 4 * width * rows, "\(layer.layer)")
    }
  }

  @Test("More threads change scratch space alone", arguments: 0..<40)
  func threads(seed: Int) throws {
    let example = try Case(seed: seed)
    var options = example.options(.every(1))
    let two = Program(training: example.training, options: options)
    options.threads = 7
    let seven = Program(training: example.training, options: options)
    #expect(two.instructions.map(\.kind) == seven.instructions.map(\.kind))
    for (left, right) in zip(two.memory.timeline, seven.memory.timeline) {
      #expect(left.total - left.workspace == right.total - right.workspace)
    }
  }
}
