/// y[n] = x[n] + table[type[n]]: x and y are [rows, width], types [rows], the table [types, width].
///
/// Inputs x, types, table; output y. The derivative needs the types.
public struct TypeEmbedding: OperationRule {
  /// Number of tokens.
  public var rows: Int
  /// Features.
  public var width: Int
  /// Rows of the table.
  public var typeCount: Int

  /// The name in reports.
  public var name: String { "token_type_embedding" }
  /// One addition a value.
  public var flops: Int { rows * width }
  /// y may take x's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}

extension TypeEmbedding: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let lookup = Embedding(rows: rows, width: width, vocabularySize: typeCount)
    builder.contribute(to: operation.inputs[2], inputs: [dy, operation.inputs[1]]) {
      .embeddingBackward(EmbeddingBackward(forward: lookup, accumulates: $0))
    }
    builder.pass(dy, to: operation.inputs[0])
  }
}
