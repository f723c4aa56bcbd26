import ModelGraph

/// Runs a graph and its derivative on symbols in the plainest way: every value is kept, nothing is
/// computed twice, and there is no memory.
struct GraphInterpreter {
  private let training: TrainingGraph
  private let symbols: Symbols
  private var values: [TensorID: Int] = [:]
  /// The first contribution to each parameter's gradient, and the complete gradient.
  private let complete: [TensorID: TensorID]
  private(set) var step = SymbolicStep()

  init(_ training: TrainingGraph, symbols: Symbols, passes: Int = 1) {
    self.training = training
    self.symbols = symbols
    complete = training.completeGradients
    for parameter in training.graph.parameters {
      values[parameter.tensor] = symbols.given(training[parameter.tensor].name)
    }
    for statistic in training.graph.statistics {
      values[statistic.tensor] = symbols.given(training[statistic.tensor].name)
    }
    values[training.loss.outputs[0]] = symbols.given("zero")
    for pass in 0..<passes { run(pass) }
    step.loss = values[training.loss.outputs[0]]
    step.gradients = training.gradients.map { values[$0] }
    step.statistics = training.graph.statistics.map { values[$0.tensor] }
  }

  private mutating func run(_ pass: Int) {
    let graph = training.graph
    values[graph.input] = symbols.given("input \(pass)")
    if let mask = graph.paddingMask { values[mask] = symbols.given("padding \(pass)") }
    if let types = graph.tokenTypes { values[types] = symbols.given("types \(pass)") }
    values[graph.target] = symbols.given("target \(pass)")
    for operation in graph.operations { run(operation, pass) }
    run(training.loss, pass)
    for operations in training.backward.reversed() {
      for operation in operations { run(operation, pass) }
    }
  }

  private mutating func run(_ operation: Operation, _ pass: Int) {
    let inputs = operation.inputs.compactMap { values[$0] }
    precondition(inputs.count == operation.inputs.count, "the graph reads what nobody wrote")
    let outputs = operation.outputs.enumerated().map { index, output in
      symbols.computed(
        operation.kind, stream: operation.stream, pass: pass, inputs: inputs, output: index,
        earlier: earlier(output, pass))
    }
    for (output, value) in zip(operation.outputs, outputs) { values[output] = value }
    for index in operation.kind.changedInputs {
      values[operation.inputs[index]] = symbols.computed(
        operation.kind, stream: 0, pass: pass, inputs: inputs, output: index, earlier: nil)
    }
  }

  private func earlier(_ output: TensorID, _ pass: Int) -> Int? {
    if output == training.loss.outputs[0] { return values[output] }
    guard pass > 0, let gradient = complete[output] else { return nil }
    return values[gradient]
  }

  /// Adds the updates of a scheme that reads each parameter, its gradient and states.
  mutating func update(clips: Bool, states: [String]) {
    let gradients = step.gradients
    var factor: [Int?] = []
    if clips, let clip = clipKind {
      step.updates.append(gradients)
      factor = [
        symbols.computed(
          clip, stream: 0, pass: 0, inputs: gradients.compactMap { $0 }, output: 0, earlier: nil)
      ]
    }
    for (parameter, gradient) in zip(training.parameters, gradients) {
      let name = training[parameter.tensor].name
      step.updates.append(
        [values[parameter.tensor], gradient] + states.map { symbols.given("\(name).\($0)") }
          + factor)
    }
  }

  /// The clipping that the tests ask for.
  var clipKind: OperationKind? {
    .clipScale(ClipScale(limit: 1, counts: training.gradients.map { training[$0].count }))
  }
}

extension TrainingGraph {
  /// The complete gradient of each parameter by its first contribution, along what continues it.
  fileprivate var completeGradients: [TensorID: TensorID] {
    var first: [TensorID: TensorID] = [:]
    for operation in backward.reversed().flatMap({ $0 }) {
      for pair in operation.kind.rule.continued {
        let (input, output) = (operation.inputs[pair.input], operation.outputs[pair.output])
        first[output] = first[input] ?? input
      }
    }
    return Dictionary(uniqueKeysWithValues: gradients.map { (first[$0] ?? $0, $0) })
  }
}
