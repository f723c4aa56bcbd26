extension Cell {
  /// Whether a plan of the cell depends on what operations take on this machine.
  ///
  /// A plan cell asks the planner, whatever its policies are.
  public var needsMeasuredCosts: Bool {
    switch body {
    case .train(let train): train.needsMeasuredCosts
    case .plan(let plan): plan.cost == .measured
    default: false
    }
  }

  /// Whether values of the cell's steps may wait for the backward pass on disk.
  public var mayWaitOnDisk: Bool {
    switch body {
    case .train(let train): train.offload != nil
    case .plan(let plan): plan.offload != nil
    default: false
    }
  }
}
