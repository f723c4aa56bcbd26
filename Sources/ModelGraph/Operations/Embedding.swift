/// y[n] = table[token[n]]: tokens are [rows], the table [vocabulary, width], y [rows, width].
///
/// Inputs tokens, table; output y. The derivative needs the tokens.
public struct Embedding: OperationRule {
  /// Number of tokens.
  public var rows: Int
  /// Columns of the table.
  public var width: Int
  /// Rows of the table.
  public var vocabularySize: Int

  /// The name in reports.
  public var name: String { "embedding" }
  /// It only copies.
  public var flops: Int { 0 }
}

extension Embedding: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    let (tokens, table) = (operation.inputs[0], operation.inputs[1])
    guard let dy = builder.gradient(of: operation.outputs[0]), builder.needsGradient(table) else {
      return
    }
    builder.contribute(to: table, inputs: [dy, tokens]) {
      .embeddingBackward(EmbeddingBackward(forward: self, accumulates: $0))
    }
  }
}

/// dTable[token[n]] += dy[n] in the order of n.
///
/// Inputs dy, tokens (, dTable); output dTable.
///
/// A table that is tied to an output layer gets this contribution in place, without a second table.
public struct EmbeddingBackward: OperationRule {
  /// The sizes.
  public var forward: Embedding
  /// Whether the last input is added to; otherwise the table is zeroed first.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "embedding" }
  /// One addition a value.
  public var flops: Int { forward.rows * forward.width }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 2, output: 0)] : [] }
}

/// y[b, t] = x[b, t] + table[t]: x and y are [batch × time, width], the table [context, width].
///
/// Inputs x, table; output y. The derivative needs nothing.
public struct PositionEmbedding: OperationRule {
  /// Sequences.
  public var batch: Int
  /// Positions of each.
  public var time: Int
  /// Features.
  public var width: Int
  /// Rows of the table, at least `time`.
  public var contextLength: Int

  /// The name in reports.
  public var name: String { "position_embedding" }
  /// One addition a value.
  public var flops: Int { batch * time * width }
  /// y may take x's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}

extension PositionEmbedding: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    if builder.needsGradient(operation.inputs[1]) {
      builder.contribute(to: operation.inputs[1], inputs: [dy]) {
        .positionEmbeddingBackward(PositionEmbeddingBackward(forward: self, accumulates: $0))
      }
    }
    builder.pass(dy, to: operation.inputs[0])
  }
}

/// dTable[t] = Σ over the batch of dy[b, t].
///
/// Inputs dy (, dTable); output dTable.
public struct PositionEmbeddingBackward: OperationRule {
  /// The sizes.
  public var forward: PositionEmbedding
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "position_embedding" }
  /// One addition a value.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 1, output: 0)] : [] }
}
