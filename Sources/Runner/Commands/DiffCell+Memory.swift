import Checkpointing
import Digests
import Experiment
import ModelGraph
import Records
import Reporting
import Training

extension DiffCell {
  /// What the cell keeps in memory, by policy where it is a plan of several; empty where neither a
  /// record nor a directive tells.
  ///
  /// A directive that its output was written for is compiled once more, as that tells the tensors by
  /// name; records hold their sums by layer.
  func footprints(_ steps: inout CompiledSteps) -> [String: MemoryFootprint] {
    let record = record
    if let planned = plannedFootprint(&steps, record) { return ["": planned] }
    guard let record else { return [:] }
    let threads = record.environment?.threads
    switch record.output {
    case .train(let train):
      guard let memory = record.memory else { return [:] }
      return ["": MemoryFootprint(memory, policy: train.policy, threads: threads)]
    case .plan(let plan):
      return Dictionary(
        plan.rows.map { ($0.policy, MemoryFootprint($0.memory, policy: nil, threads: threads)) }
      ) { first, _ in first }
    default: return [:]
    }
  }

  private func plannedFootprint(
    _ steps: inout CompiledSteps, _ record: Record?
  ) -> MemoryFootprint? {
    guard let planned, let key, planned.cell.key.hex.hasPrefix(key),
      case .train(let body) = planned.cell.body,
      let cost = CostModel(of: body, recorded: record)
    else { return nil }
    let threads =
      record?.environment?.threads ?? planned.plan.settings.threads ?? NumericSetup.defaultThreads
    var footprint = steps.footprint(of: body, in: planned.plan, cost: cost, threads: threads)
    footprint?.threads = record?.environment?.threads
    return footprint
  }
}

/// What training steps keep, each compiled once: cells that differ in their seeds, data or length
/// alone have the same step.
struct CompiledSteps {
  private struct Setup: Hashable {
    let model: ModelSpec
    let batch: Int
    let options: TrainingOptions
  }

  private var footprints: [Setup: MemoryFootprint?] = [:]

  /// What a cell's step keeps; nil where its model can't be lowered.
  mutating func footprint(
    of body: TrainCell, in plan: ExperimentPlan, cost: CostModel, threads: Int
  ) -> MemoryFootprint? {
    guard case .model(let model) = plan.cell(body.model)?.body else { return nil }
    let setup = Setup(
      model: model.spec, batch: body.batch,
      options: plan.options(of: body, cost: cost, threads: threads))
    if let known = footprints[setup] { return known }
    let program = try? plan.step(of: body, cost: cost, threads: threads)
    let footprint = program.map { program in
      var footprint = MemoryFootprint(
        MemoryRecord(plan: program.memory, reserved: program.reservedBytes, offload: body.offload),
        policy: body.checkpoint.description(with: body.offload), threads: nil)
      footprint.tensors = program.memory.keptTensors.map(MemoryRecord.TensorSize.init)
      footprint.onDisk = program.memory.diskTensors.map(MemoryRecord.TensorSize.init)
      return footprint
    }
    footprints[setup] = footprint
    return footprint
  }
}

extension MemoryRecord.TensorSize {
  fileprivate init(_ item: MemoryPlan.Item) { self.init(name: item.name, bytes: item.byteCount) }
}

extension MemoryFootprint {
  fileprivate init(_ memory: MemoryRecord, policy: String?, threads: Int?) {
    self.init(
      policy: policy, threads: threads, workspace: memory.workspace, layers: memory.layers)
  }
}
