public import ModelGraph

/// An operation apart from its place in a graph: what is computed, on operands of which sizes, stored
/// as what.
///
/// Operations of one form take the same time.
public struct OperationForm: Hashable, Sendable {
  /// What is computed.
  public var kind: OperationKind
  /// What is read, in the order that the kind's documentation states.
  public var inputs: [Operand]
  /// What is written.
  public var outputs: [Operand]

  /// A tensor's size.
  public struct Operand: Hashable, Sendable {
    /// The number of elements.
    public var count: Int
    /// What an element is.
    public var element: ElementType

    /// The size in bytes.
    public var byteCount: Int { count * element.byteCount }
  }

  init(_ operation: Operation, of graph: Graph) {
    func operand(_ tensor: TensorID) -> Operand {
      Operand(count: graph[tensor].count, element: graph[tensor].element)
    }
    kind = operation.kind
    inputs = operation.inputs.map(operand)
    outputs = operation.outputs.map(operand)
  }

  /// All of it in words: the name under which its time is kept.
  ///
  /// Swift prints every field of a rule, so no field can be forgotten; a version that printed others
  /// would find no time and measure again.
  public var text: String {
    func text(_ operands: [Operand]) -> String {
      operands.map { "\($0.count) \($0.element.rawValue)" }.joined(separator: ", ")
    }
    let rule = "\(kind.rule)".replacing("ModelGraph.", with: "")
    return "\(rule): \(text(inputs)) -> \(text(outputs))"
  }
}

extension Graph {
  /// The forms of the forward operations, each once, in the order in which they are met.
  public var forms: [OperationForm] {
    var seen = Set<OperationForm>()
    return operations.map { OperationForm($0, of: self) }.filter { seen.insert($0).inserted }
  }
}
