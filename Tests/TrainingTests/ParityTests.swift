import EngineTestSupport
import KernelTable
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

/// The 30 cases in which checkpointing of PyTorch 2.13 was compared with a plain step, with what
/// nbrun does in each; where its static graphs leave no room for a case, that is what is shown.
///
/// Case 30, peaks, is `PeakTests`; cases 16 and 22 are `ReplayTests`.
@Suite("Parity with PyTorch's checkpointing")
struct ParityTests {
  private func job(_ example: ParityCase, _ policy: CheckpointPolicy) -> TrainingJob {
    .small(example.model, policy: policy, steps: 3, batch: example.batch).with {
      ($0.precision, $0.accumulate) = (example.precision, example.accumulate)
    }
  }

  private func program(_ model: ModelSpec, _ policy: CheckpointPolicy) throws -> Program {
    let graph = try Graph(lowering: model, batch: 2)
    return Program(
      training: TrainingGraph(differentiating: graph),
      options: TrainingOptions(policy: policy, optimizer: .adamw(), threads: 2))
  }

  private static let dropouts = ModelSpec.features(
    8, [.linear(8)] + ParityCase.blocks(3) + [.linear(4)])

  @Test(
    "A checkpointed run gives the losses and weights of a plain one, bit for bit",
    arguments: ParityCase.bitEqual)
  func bits(example: ParityCase) throws {
    let data = try Dataset.random(for: example.model, examples: 3 * example.batch)
    let plain = try job(example, .none).outcome(data)
    for policy in example.policies {
      let outcome = try job(example, policy).outcome(data)
      #expect(outcome.digest == plain.digest, "\(policy)")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(policy)")
    }
  }

  @Test(
    "3. Random state that is not preserved can't be expressed: a mask has its operation's number")
  func randomState() throws {
    let instructions = try program(Self.dropouts, .every(1)).instructions
    let forward = Set(instructions.filter(\.isForwardDropout).map(\.stream))
    let again = instructions.filter { $0.isDropout && $0.phase == .recompute }
    #expect(again.count == 3)
    #expect(again.allSatisfy { forward.contains($0.stream) })
  }

  @Test(
    "4. At every budget the mask of the backward pass is the forward pass's: Σ W₁∘dW₁ = Σ W₂∘dW₂ around a dropout",
    arguments: [0, 0.25, 0.5, 0.75, 1])
  func dropoutReplay(fraction: Double) throws {
    // Without biases the loss depends on W₁ and W₂ through their product alone.
    let model = ModelSpec.features(
      8, loss: .meanSquaredError,
      [.linear(64, bias: false), .relu, .dropout(0.5), .linear(1, bias: false)])
    let rate: Float = 1
    let job = TrainingJob.small(model, steps: 1, batch: 64).with { $0.optimizer = .sgd(rate) }
    func reserved(_ policy: CheckpointPolicy) throws -> Int {
      let graph = try Graph(lowering: model, batch: job.batch)
      return Program(
        training: TrainingGraph(differentiating: graph),
        options: TrainingOptions(policy: policy, optimizer: job.optimizer, threads: 2)
      ).reservedBytes
    }
    let (least, all) = (try reserved(.minimum), try reserved(.none))
    let budget = least + Int(Double(all - least) * fraction)
    let data = try Dataset.random(for: model, examples: 64)
    let run = try TrainingRun(
      job.with { $0.policy = .budget(.bytes(budget)) }, data: data, kernels: Kernels(threads: 2))
    try run.initializeParameters()
    let before = run.parameterValues
    _ = try run.run()
    let sums = zip(before, run.parameterValues).map { old, new in
      zip(old, new).reduce(0.0) { $0 + Double($1.0) * Double($1.0 - $1.1) / Double(rate) }
    }
    #expect(abs(sums[0] - sums[1]) <= 1e-4 * abs(sums[0]), "\(sums)")
  }

  @Test("6. Evaluation between steps changes no step: a plan is frozen")
  func evaluation() throws {
    let model = ModelSpec.features(8, [.linear(8), .batchNorm, .relu, .dropout(0.3), .linear(4)])
    let data = try Dataset.random(for: model, examples: 12)
    let job = TrainingJob.small(model, policy: .every(1), steps: 4, batch: 3)
    let evaluated = try job.with { $0.evaluateEvery = 1 }.outcome(data)
    #expect(try evaluated.digest == job.outcome(data).digest)
  }

  @Test("9. More segments than layers, or larger ones, are as many as there are")
  func tooMany() throws {
    let all = try program(Self.dropouts, .every(3)).instructions
    #expect(try program(Self.dropouts, .every(100)).instructions == all)
    let revolve = try program(Self.dropouts, .revolve(slots: 100)).instructions
    #expect(
      try revolve.map(\.kind) == program(Self.dropouts, .revolve(slots: 3)).instructions.map(\.kind)
    )
  }

  @Test("13. Every parameter has a gradient although the first layer reads the batch alone")
  func firstInput() throws {
    let program = try program(.features(8, ParityCase.blocks(3) + [.linear(4)]), .every(1))
    #expect(program.gradients.count == program.parameters.count)
    #expect(program.gradients.allSatisfy { $0.byteCount > 0 })
  }

  @Test("14. A frozen segment is not computed again, and its parameters stay as they are")
  func frozen() throws {
    let model = ModelSpec.features(
      8, [.linear(8, name: "in")] + ParityCase.blocks(3) + [.linear(4, name: "head")])
    let job = TrainingJob.small(model, policy: .every(1), steps: 3).with {
      $0.optimizer.frozen = ["in", "block.0", "block.1"].map(ParameterPattern.init)
    }
    let data = try Dataset.random(for: model, examples: 6)
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2))
    try run.initializeParameters()
    let before = run.parameterValues
    _ = try run.run()
    for (index, parameter) in run.training.program.parameters.enumerated() {
      let isFrozen = !["block.2", "head"].contains { parameter.descriptor.name.hasPrefix($0) }
      #expect((before[index] == run.parameterValues[index]) == isFrozen)
    }
    let again = run.training.program.instructions.filter { $0.phase == .recompute }
    #expect(!again.isEmpty)
    #expect(again.allSatisfy { $0.layer.hasPrefix("block.2") })
  }

  @Test("15. A replay can't have fewer or other operations: it is a part of the forward pass")
  func replay() throws {
    let instructions = try program(.smallGPT(dropout: 0.1), .every(2)).instructions
    let forward = Dictionary(
      uniqueKeysWithValues: instructions.filter { $0.phase == .forward }.map { ($0.stream, $0) })
    for again in instructions where again.phase == .recompute {
      let first = try #require(forward[again.stream])
      #expect(first.kind == again.kind)
      #expect(first.outputs.map(\.byteCount) == again.outputs.map(\.byteCount))
    }
  }

  @Test("17. No parameter changes between its forward use and its last use in the backward pass")
  func parameterUpdates() throws {
    let graph = try Graph(lowering: .smallGPT(dropout: 0.1), batch: 2)
    var options = TrainingOptions(policy: .every(1), optimizer: .adamw(), threads: 2)
    options.optimizer.updatesInBackward = true
    let program = Program(training: TrainingGraph(differentiating: graph), options: options)
    for (position, update) in program.instructions.enumerated() where update.phase == .optimizer {
      let later = program.instructions[(position + 1)...].contains {
        $0.inputs.contains(update.inputs[0])
      }
      #expect(!later, "\(update.layer)")
    }
  }

  @Test("18. What enters a segment is overwritten by nothing until its last reader has run")
  func segmentInputs() throws {
    // Each segment begins with an operation that may overwrite what it reads.
    let model = ModelSpec.features(
      8, [.linear(8), .repeat(3, [.relu, .dropout(0.3), .linear(8)]), .linear(4)])
    let list = try program(model, .every(1)).instructions
    for (position, instruction) in list.enumerated() where instruction.phase == .recompute {
      for slot in instruction.inputs where slot.region == .step {
        let writer = list[..<position].last { earlier in
          (earlier.outputs + (earlier.workspace.map { [$0] } ?? [])).contains { other in
            other.region == .step && other.offset < slot.offset + slot.byteCount
              && slot.offset < other.offset + other.byteCount
          }
        }
        #expect(writer.map { $0.outputs.contains(slot) } ?? true, "\(instruction.layer)")
      }
    }
  }

  @Test("20. There is no second derivative: a step's gradients have no operations of their own")
  func secondDerivative() throws {
    let graph = try Graph(lowering: Self.dropouts, batch: 2)
    let training = TrainingGraph(differentiating: graph)
    #expect(training.backward.count == graph.operations.count)
    let gradients = Set(training.backward.joined().flatMap(\.outputs))
    #expect(graph.operations.allSatisfy { gradients.isDisjoint(with: $0.inputs) })
  }

  @Test("23. Without a backward pass nothing is kept and nothing computed again")
  func inference() throws {
    let graph = try Graph(lowering: Self.dropouts, batch: 2, training: false)
    let program = Program(evaluating: graph, threads: 2)
    #expect(program.memory.kept == 0)
    #expect(program.memory.recomputedOperations == 0)
    #expect(program.instructions.allSatisfy { $0.phase == .forward })
  }

  @Test("27. What counts, counts once: forward operations and updates of running statistics")
  func counters() throws {
    let model = ModelSpec.features(
      8, [.repeat(3, [.linear(8), .batchNorm, .relu], name: "block"), .linear(4)])
    let program = try program(model, .every(1))
    let updates = program.instructions.filter { $0.kind.rule.name == "batch_norm_update" }
    #expect(updates.allSatisfy { $0.phase == .forward })
    let forward = program.instructions.filter { $0.phase == .forward }.map(\.stream)
    #expect(Set(forward).count == forward.count)
  }

  @Test(
    "28. A tied weight has one gradient, and all that adds to it does so in place and in one order")
  func tied() throws {
    for policy in [CheckpointPolicy.none, .every(1), .minimum] {
      let program = try program(.smallGPT(), policy)
      let index = try #require(
        program.parameters.firstIndex { $0.descriptor.name.hasPrefix("wte") })
      let gradient = program.gradients[index]
      let writers = program.instructions.filter { $0.outputs.contains(gradient) }.map(\.layer)
      #expect(writers.first == "head" && writers.contains("wte"), "\(policy): \(writers)")
    }
  }

  @Test("29. One, two and three threads give the same bits")
  func threads() throws {
    let model = ModelSpec.smallGPT(blocks: 2, width: 64, heads: 4, context: 48, dropout: 0.1)
    let data = try Dataset.random(for: model, examples: 6)
    let job = TrainingJob.small(model, policy: .every(1), steps: 2)
    let one = try job.outcome(data, threads: 1).digest
    #expect(try job.outcome(data, threads: 2).digest == one)
    #expect(try job.outcome(data, threads: 3).digest == one)
  }
}

extension TrainingRun {
  /// The values of each parameter as they are.
  fileprivate var parameterValues: [[Float]] {
    training.program.parameters.map { training.arena.floats($0.slot) }
  }
}

extension Program.Instruction {
  fileprivate var isDropout: Bool {
    if case .dropout = kind { true } else { false }
  }

  fileprivate var isForwardDropout: Bool { isDropout && phase == .forward }
}
