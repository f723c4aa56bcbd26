import EngineTestSupport
import ModelGraph
import Testing

@testable import Checkpointing

@Suite("Programs")
struct ProgramLawTests {
  @Test(
    "Under every policy a program computes the same loss, gradients, statistics and updates as the plain graph, and reads only whole values",
    arguments: 0..<120)
  func computesTheGraph(seed: Int) throws {
    let example = try Case(seed: seed)
    let symbols = Symbols()
    var expected = GraphInterpreter(
      example.training, symbols: symbols, passes: example.options.accumulate)
    expected.update(
      clips: example.options.clipNorm != nil, states: example.options.optimizer.stateNames)
    for policy in Case.policies {
      let actual = ProgramInterpreter(
        example.program(policy), symbols: symbols, passes: example.options.accumulate)
      #expect(actual.faults.isEmpty, "\(policy): \(actual.faults.prefix(3))")
      #expect(actual.step.loss == expected.step.loss, "\(policy)")
      #expect(actual.step.gradients == expected.step.gradients, "\(policy)")
      #expect(actual.step.updates == expected.step.updates, "\(policy)")
      // In symbols an update that ran twice, or not at all, gives another value.
      #expect(actual.step.statistics == expected.step.statistics, "\(policy)")
    }
  }

  @Test(
    "Updates within the backward pass read the same values as those after it, and let no gradient wait",
    arguments: 0..<120)
  func updatesInBackward(seed: Int) throws {
    let example = try Case(seed: seed, accumulates: false)
    let symbols = Symbols()
    var expected = GraphInterpreter(example.training, symbols: symbols)
    expected.update(clips: false, states: example.options.optimizer.stateNames)
    for policy in Case.policies {
      var options = example.options(policy)
      (options.clipNorm, options.optimizer.updatesInBackward) = (nil, true)
      let program = Program(training: example.training, options: options)
      let actual = ProgramInterpreter(program, symbols: symbols)
      #expect(actual.faults.isEmpty, "\(policy): \(actual.faults.prefix(3))")
      #expect(actual.step.loss == expected.step.loss, "\(policy)")
      #expect(Set(actual.step.updates) == Set(expected.step.updates), "\(policy)")
      // A budget is spent on less recomputation instead.
      guard Case.written.contains(policy) else { continue }
      options.optimizer.updatesInBackward = false
      let usual = Program(training: example.training, options: options)
      #expect(program.memory.peak.total <= usual.memory.peak.total, "\(policy)")
    }
  }

  @Test("An evaluation's program reads only whole values", arguments: 0..<60)
  func evaluation(seed: Int) throws {
    let example = try Case(seed: seed)
    let graph = try Graph(lowering: example.model, batch: example.batch, training: false)
    let program = Program(evaluating: graph, threads: 2)
    let run = ProgramInterpreter(program, symbols: Symbols())
    #expect(run.faults.isEmpty, "\(run.faults.prefix(3))")
    #expect(run.step.loss != nil)
    #expect(program.instructions.allSatisfy { $0.phase == .forward })
  }

  @Test("The checker itself finds an overwritten value", arguments: 0..<20)
  func checkerFinds(seed: Int) throws {
    let example = try Case(seed: seed, accumulates: false)
    var program = example.program(.none)
    let reads = program.instructions.indices.filter { index in
      program.instructions[index].phase == .backward
        && program.instructions[index].inputs.contains { $0.region == .step }
    }
    // A write of the whole arena in the middle of the backward pass has to be noticed.
    let index = try #require(reads.last)
    program.instructions[index].workspace = Program.Slot(
      region: .step, offset: 0, byteCount: program.regionBytes[.step] ?? 0)
    let run = ProgramInterpreter(program, symbols: Symbols())
    #expect(!run.faults.isEmpty)
  }

  @Test("Storages that are alive at the same time never share bytes", arguments: 0..<120)
  func noOverlap(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in Case.written {
      let tree = SegmentTree(policy: policy, training: example.training)
      let schedule = Schedule(example.training, tree: tree)
      let map = StorageMap(schedule, accumulates: example.options.accumulate > 1)
      let layout = Layout(schedule, map: map, threads: 2)
      let all = map.storages.indices.map { (map.storages[$0], layout.slots[$0]) }
      for (index, (storage, slot)) in all.enumerated() {
        let clash = all[..<index].first { other, place in
          other.lifetime.overlaps(storage.lifetime) && place.overlaps(slot)
        }
        #expect(clash == nil, "\(policy): \(storage.name) and \(clash?.0.name ?? "")")
      }
    }
  }

  @Test("Every slot begins at a multiple of 64 bytes and ends within its region", arguments: 0..<60)
  func slotsWithinRegions(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in Case.policies {
      let program = example.program(policy)
      let slots = program.instructions.flatMap { instruction in
        instruction.inputs + instruction.outputs + (instruction.workspace.map { [$0] } ?? [])
      }
      for slot in slots + [program.loss, program.input, program.target] + program.gradients {
        #expect(slot.offset % 64 == 0)
        #expect(slot.bytes.upperBound <= program.regionBytes[slot.region] ?? 0)
      }
    }
  }

  @Test("Evaluation finds the parameters where training left them", arguments: 0..<60)
  func sharedParameters(seed: Int) throws {
    let example = try Case(seed: seed)
    let graph = try Graph(lowering: example.model, batch: example.batch, training: false)
    let evaluation = Program(evaluating: graph, threads: 2)
    #expect(evaluation.parameters == example.program(.every(1)).parameters)
    #expect(evaluation.statistics == example.program(.every(1)).statistics)
  }

  @Test("Evaluation never needs more memory than training", arguments: 0..<120)
  func evaluationFits(seed: Int) throws {
    let example = try Case(seed: seed)
    let graph = try Graph(lowering: example.model, batch: example.batch, training: false)
    let evaluation = Program(evaluating: graph, threads: 2)
    for policy in Case.policies {
      let training = example.program(policy)
      for region in Program.Region.allCases {
        #expect(
          evaluation.regionBytes[region] ?? 0 <= training.regionBytes[region] ?? 0,
          "\(policy) \(region)")
      }
    }
  }
}
