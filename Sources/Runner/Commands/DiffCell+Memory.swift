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
  var footprints: [String: MemoryFootprint] {
    if let planned = plannedFootprint { return ["": planned] }
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

  private var plannedFootprint: MemoryFootprint? {
    guard let planned, let key, planned.cell.key.hex.hasPrefix(key),
      case .train(let body) = planned.cell.body
    else { return nil }
    let threads =
      record?.environment?.threads ?? planned.plan.settings.threads ?? NumericSetup.defaultThreads
    guard let program = try? planned.plan.step(of: body, threads: threads) else { return nil }
    let memory = MemoryRecord(plan: program.memory, reserved: program.reservedBytes)
    var footprint = MemoryFootprint(
      memory, policy: body.checkpoint.description, threads: record?.environment?.threads)
    footprint.tensors = program.memory.keptTensors.map { .init(name: $0.name, bytes: $0.byteCount) }
    return footprint
  }
}

extension MemoryFootprint {
  fileprivate init(_ memory: MemoryRecord, policy: String?, threads: Int?) {
    self.init(
      policy: policy, threads: threads, workspace: memory.workspace, layers: memory.layers)
  }
}
