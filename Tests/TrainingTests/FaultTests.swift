import Checkpointing
import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

@Suite("Faults of training")
struct FaultTests {
  private static let model = ModelSpec.smallGPT(blocks: 2)
  private static let perceptron = ModelSpec.features(3, [.linear(8), .relu, .linear(4)])

  private func fault(_ job: TrainingJob, _ data: Dataset) throws -> TrainingFault? {
    let kernels = try Kernels(threads: 1)
    do throws(TrainingFault) {
      _ = try TrainingRun(job, data: data, kernels: kernels)
      return nil
    } catch {
      return error
    }
  }

  private func mismatch(_ model: ModelSpec, _ train: Examples) throws -> TrainingFault.DataMismatch?
  {
    let data = Dataset(train: train, validation: .tokens([]))
    guard case .dataMismatch(let mismatch) = try fault(.small(model, batch: 1), data) else {
      return nil
    }
    return mismatch
  }

  @Test("Data that does not suit the model is told before anything is compiled")
  func mismatches() throws {
    let features = Examples.features([1, 2, 3], width: 3, classes: [0])
    #expect(try mismatch(Self.model, features) == .featuresForTokens)
    #expect(try mismatch(Self.perceptron, .tokens([1, 2])) == .tokensForFeatures)
    #expect(try mismatch(Self.model, .tokens([1, 31, 2])) == .token(31, vocabulary: 31))
    #expect(try mismatch(Self.model, .tokens([1, -1, 2])) == .token(-1, vocabulary: 31))
    #expect(
      try mismatch(Self.perceptron, .features([1, 2], width: 2, classes: [0]))
        == .width(data: 2, model: 3))
    #expect(
      try mismatch(Self.perceptron, .features([1, 2, 3], width: 3, classes: [4]))
        == .classes(data: 5, model: 4))
  }

  @Test("Classes are held against the model's real output, whatever its last layer is")
  func classesOfOutput() throws {
    let features = Examples.features([1, 2, 3], width: 3, classes: [4])
    func classes(_ layers: [LayerSpec], _ loss: LossSpec = .crossEntropy) throws -> Bool {
      try mismatch(.features(3, loss: loss, layers), features) != nil
    }
    #expect(try classes([.linear(8), .linear(4), .gelu]))
    #expect(try !classes([.linear(8), .linear(5), .gelu]))
    #expect(try classes([.sequential([.linear(4)])]))
    #expect(try classes([.linear(4)], .meanSquaredError))
    #expect(try !classes([.linear(1)], .meanSquaredError))
    #expect(try classes([.relu]))
  }

  @Test("An empty split may be of any kind")
  func emptySplit() throws {
    let data = Dataset(
      train: .features([1, 2, 3], width: 3, classes: [0]), validation: .tokens([]))
    #expect(try fault(.small(Self.perceptron, batch: 1), data) == nil)
  }

  @Test("Too few examples are told before the first step, of the held-out split too")
  func tooFew() throws {
    let data = Dataset(
      train: .tokens(Array(repeating: 1, count: 8 * 3 + 1)), validation: .tokens([1]))
    guard case .tooFewExamples(3, 4, "train") = try fault(.small(Self.model, batch: 4), data) else {
      Issue.record("a batch of 4 was made of 3 examples")
      return
    }
    #expect(try fault(.small(Self.model, batch: 3), data) == nil)
    let evaluated = TrainingJob.small(Self.model, batch: 3).with { $0.evaluateEvery = 2 }
    guard case .tooFewExamples(0, 1, "validation") = try fault(evaluated, data) else {
      Issue.record("nothing was evaluated")
      return
    }
    #expect(try fault(evaluated.with { $0.evaluationSplit = .train }, data) == nil)
  }

  @Test("A loss that is no number ends the run and names the step")
  func lossNotFinite() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let job = TrainingJob.small(Self.model, steps: 9).with { $0.optimizer = .sgd(1e30) }
    do {
      _ = try job.outcome(data)
      Issue.record("the run ended")
    } catch TrainingFault.lossNotFinite(let step) {
      #expect((2...4).contains(step))
    }
  }

  @Test("Examples of which no target counts are neither trained nor evaluated on")
  func nothingCounts() throws {
    let model = ModelSpec.features(1, [.linear(3)])
    let some = Examples.features([1, 2], width: 1, classes: [-100, 1])
    let none = Examples.features([1, 2], width: 1, classes: [-100, -100])
    let job = TrainingJob.small(model, batch: 2).with { $0.evaluateEvery = 1 }
    for (data, name) in [
      (Dataset(train: none, validation: some), "train"),
      (Dataset(train: some, validation: none), "validation"),
    ] {
      guard case .nothingCounts(name) = try fault(job, data) else {
        Issue.record("\(name) was used")
        continue
      }
    }
    #expect(try fault(job, Dataset(train: some, validation: some)) == nil)
  }

  @Test("A step without a target that counts has no loss, and is refused by its number")
  func nothingCountsInStep() throws {
    let ignored = Examples.features([1, 2, 3, 4], width: 1, classes: [0, -100, -100, -100])
    let weightless = Examples.features([1, 2, 3, 4], width: 1, classes: [1, 0, 0, 0])
    let weighted = LossSpec.crossEntropy(CrossEntropySpec(classWeights: [0, 1, 1]))
    for (loss, examples) in [(LossSpec.crossEntropy, ignored), (weighted, weightless)] {
      let data = Dataset(train: examples, validation: examples)
      let job = TrainingJob.small(.features(1, loss: loss, [.linear(3)]), steps: 3, batch: 1)
      for passes in [1, 2] {
        do {
          _ = try job.with { $0.accumulate = passes }.outcome(data)
          Issue.record("\(loss), \(passes) passes: trained")
        } catch TrainingFault.nothingCountsInStep(let step) {
          #expect((1...2).contains(step))
        }
      }
      // In one batch with the one that counts, they do no harm.
      _ = try job.with { $0.batch = 4 }.outcome(data)
    }
  }

  @Test("A weight that the last update makes no number ends the run, as no loss tells it")
  func weightNotFinite() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let job = TrainingJob.small(Self.model, steps: 1).with { $0.optimizer = .sgd(.infinity) }
    do {
      _ = try job.outcome(data)
      Issue.record("the run ended")
    } catch TrainingFault.weightNotFinite(let step, let parameter) {
      #expect(step == 1 && !parameter.isEmpty)
    }
  }

  @Test("A plan that exceeds the limit by one byte is refused, one that meets it runs")
  func memoryLimit() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let job = TrainingJob.small(Self.model)
    let reserved = try job.outcome(data).memory.reserved
    #expect(try fault(job.with { $0.memoryLimit = reserved }, data) == nil)
    guard
      case .memoryLimit(let refusal) = try fault(job.with { $0.memoryLimit = reserved - 1 }, data)
    else {
      Issue.record("the plan was accepted")
      return
    }
    #expect(refusal.needed == reserved)
    for alternative in refusal.alternatives {
      let other = job.with {
        $0.policy = alternative.policy
        $0.memoryLimit = reserved - 1
      }
      #expect(try other.outcome(data).memory.reserved == alternative.reserved)
    }
  }

  @Test("A plan that exceeds the machine's memory by one byte is refused, with or without a limit")
  func machineMemory() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let job = TrainingJob.small(Self.model)
    let reserved = try job.outcome(data).memory.reserved
    #expect(try fault(job.with { $0.machineMemory = reserved }, data) == nil)
    for limit in [nil, reserved - 2, reserved - 1, reserved] {
      let tight = job.with { ($0.machineMemory, $0.memoryLimit) = (reserved - 1, limit) }
      guard case .memoryLimit(let refusal) = try fault(tight, data) else {
        Issue.record("the plan was accepted, limit \(limit ?? 0)")
        continue
      }
      #expect(refusal.limit == min(reserved - 1, limit ?? .max))
      #expect(refusal.isMachine == (reserved - 1 < limit ?? .max))
    }
  }

  @Test("What is reserved with evaluations is within the limit that was checked")
  func limitWithEvaluation() throws {
    for seed in 0..<30 {
      let random = try RandomJob(seed: seed)
      let plain = try random.job.with { $0.evaluateEvery = nil }.outcome(random.data)
      let evaluated = try random.job.with { $0.evaluateEvery = 1 }.outcome(random.data)
      #expect(evaluated.memory.reserved == plain.memory.reserved, "seed \(seed)")
    }
  }

  @Test("Numbers below 1 are faults, not traps")
  func numbers() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let changes: [(inout TrainingJob) -> Void] = [
      { $0.batch = 0 }, { $0.accumulate = 0 }, { $0.logEvery = 0 }, { $0.evaluateEvery = 0 },
      { $0.length = .steps(0) }, { $0.length = .epochs(-1) },
    ]
    for change in changes {
      let fault = try fault(TrainingJob.small(Self.model).with(change), data)
      #expect(fault?.code == "model")
    }
    let most = TrainingJob.small(Self.model).with { $0.batch = .max }
    #expect(try fault(most, data)?.code == "too-few-examples")
    #expect(try fault(most.with { $0.dropsLast = false }, data) == nil)
  }
}
