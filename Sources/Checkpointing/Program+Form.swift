import ModelGraph

extension Program {
  /// A single operation on operands that lie one after the other: what it takes alone is measured
  /// with it.
  ///
  /// - Parameter threads: worker threads, which decide scratch space.
  public init(_ form: OperationForm, threads: Int) {
    self.init()
    let rule = form.kind.rule
    var end = 0
    func place(_ byteCount: Int) -> Slot {
      defer { end += Placement.aligned(byteCount) }
      return Slot(region: .step, offset: end, byteCount: byteCount)
    }
    let inputs = form.inputs.map { place($0.byteCount) }
    let outputs = form.outputs.enumerated().map { index, operand in
      rule.continued.first { $0.output == index }.map { inputs[$0.input] }
        ?? place(operand.byteCount)
    }
    let staging = Staging(
      rule, inputs: form.inputs.map(\.descriptor), outputs: form.outputs.map(\.descriptor))
    let scratch = (staging?.byteCount ?? 0) + rule.workspaceBytes(threads: threads)
    instructions = [
      Instruction(
        kind: form.kind, inputs: inputs, outputs: outputs,
        workspace: scratch > 0 ? place(scratch) : nil, staging: staging, phase: .forward,
        layer: "", stream: 0, startsGradient: false)
    ]
    releases = [[]]
    regionBytes = [.step: end]
  }
}

extension OperationForm.Operand {
  fileprivate var descriptor: TensorDescriptor {
    TensorDescriptor(name: "", layer: "", shape: [count], element: element, role: .activation)
  }
}
