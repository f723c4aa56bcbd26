public import Checkpointing
public import Records

extension MemoryRecord {
  /// A plan as it is recorded.
  ///
  /// - Parameters:
  ///   - plan: the plan.
  ///   - reserved: bytes that the program reserves.
  ///   - measuredPeak: live bytes at the peak of the run, if it ran.
  ///   - offload: whether values may wait on disk.
  public init(
    plan: MemoryPlan, reserved: Int, measuredPeak: Int? = nil, offload: DiskOffload? = nil
  ) {
    let peak = plan.peak
    self.init(
      plannedPeak: peak.total, measuredPeak: measuredPeak, reserved: reserved,
      parameters: peak.parameters, gradients: peak.gradients, optimizer: peak.optimizer,
      activations: peak.activations, workspace: peak.workspace, inputs: peak.inputs,
      kept: plan.kept, disk: offload == nil ? nil : plan.diskBytes,
      peakOperation: plan.peakOperation,
      largest: plan.largest.prefix(10).map { TensorSize(name: $0.name, bytes: $0.byteCount) },
      layers: plan.layers.map {
        LayerMemory(
          layer: $0.layer, parameters: $0.parameters, kept: $0.kept, recomputed: $0.recomputed,
          disk: offload == nil ? nil : $0.disk)
      },
      timeline: plan.timeline.map { TimelinePoint($0) })
  }
}

extension RecomputeRecord {
  /// What a plan computes again, and which of its segments are of no use.
  public init(plan: MemoryPlan, useless: UselessSegments) {
    self.init(
      operations: plan.recomputedOperations, flopsFraction: plan.recomputedFraction,
      uselessSegments: useless.layers.isEmpty ? nil : useless.layers,
      uselessFlopsFraction: useless.layers.isEmpty ? nil : useless.recomputedFraction)
  }
}

extension MemoryRecord.TimelinePoint {
  fileprivate init(_ usage: MemoryPlan.Usage) {
    self.init(
      phase: MemoryRecord.Phase(usage.phase),
      persistent: usage.parameters + usage.optimizer + usage.inputs, gradients: usage.gradients,
      activations: usage.activations, recomputed: usage.recomputed, workspace: usage.workspace)
  }
}

extension MemoryRecord.Phase {
  fileprivate init(_ phase: ScheduledOperation.Phase) {
    self =
      switch phase {
      case .forward: .forward
      case .recompute: .recompute
      case .backward: .backward
      case .optimizer: .optimizer
      }
  }
}
