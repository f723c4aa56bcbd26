import KernelTable

/// Turns the queries and keys of q|k|v by angles that grow with their position; values stay.
///
/// Su et al. 2021, equation 34, with Llama's pairs: features i and i + headSize/2 turn by
/// t·base^(−2i/headSize) at position t.
///
/// Input q|k|v [batch × time, packed width], output the same. The derivative turns the other way and
/// needs nothing.
public struct Rotary: OperationRule {
  /// The sizes.
  public var attention: Attention
  /// The base of the angles.
  public var base: Double
  /// Whether it turns back, as a gradient is.
  public var backward: Bool

  /// The name in reports.
  public var name: String { "rotary" }
  /// Two multiply-adds and two products for each pair.
  public var flops: Int {
    3 * attention.batch * attention.time * (attention.heads + attention.keyHeads)
      * attention.headSize
  }
  /// The result may take the input's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }

  /// The angles' cosines and sines.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.rotary(time: attention.time, headSize: attention.headSize)
  }
}

extension Rotary: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    var inverse = self
    inverse.backward.toggle()
    builder.contributeAfresh(to: operation.inputs[0], inputs: [dy], .rotary(inverse))
  }
}
