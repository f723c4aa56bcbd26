import ModelGraph

/// Names values by how they were computed: the same operation on the same values is the same symbol,
/// so that two ways of computing a step can be compared without computing a number.
final class Symbols {
  /// How a value came to be.
  private enum Term: Hashable {
    case given(String)
    case computed(OperationKind, stream: UInt32, pass: Int, inputs: [Int], output: Int)
  }

  private var numbers: [Term: Int] = [:]
  private var names: [String] = []

  /// A value that is there before the step.
  func given(_ name: String) -> Int { number(of: .given(name), name: name) }

  /// An output of an operation.
  ///
  /// - Parameter earlier: what the output adds to, where that is no input of the operation.
  func computed(
    _ kind: OperationKind, stream: UInt32, pass: Int, inputs: [Int], output: Int, earlier: Int?
  ) -> Int {
    let inputs = inputs + (earlier.map { [$0] } ?? [])
    let term = Term.computed(
      kind, stream: kind.drawsRandomValues ? stream : 0, pass: kind.drawsRandomValues ? pass : 0,
      inputs: inputs, output: output)
    return number(of: term, name: "\(kind.rule.name)#\(stream).\(output)")
  }

  /// A symbol's name in messages.
  func name(_ symbol: Int) -> String { names[symbol] }

  private func number(of term: Term, name: String) -> Int {
    if let number = numbers[term] { return number }
    numbers[term] = names.count
    names.append(name)
    return names.count - 1
  }
}

extension OperationKind {
  fileprivate var drawsRandomValues: Bool {
    switch self {
    case .dropout, .attention, .attentionBackward: true
    default: false
    }
  }
}

extension OperationKind {
  /// The inputs that a forward operation changes in place.
  var changedInputs: [Int] {
    if case .batchNormUpdate = self { [1, 2] } else { [] }
  }
}

/// What a step computes, in symbols.
struct SymbolicStep: Equatable {
  /// The loss after all passes.
  var loss: Int?
  /// The gradients of the parameters, in the model's order.
  var gradients: [Int?] = []
  /// The running statistics after all passes.
  var statistics: [Int?] = []
  /// The inputs of each update, in order.
  var updates: [[Int?]] = []
}
