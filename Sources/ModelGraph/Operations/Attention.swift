import KernelTable

/// softmax(QKᵀ/√d)V for each head, in tiles: the time × time matrix never exists.
///
/// Vaswani et al. 2017, equation 1; with a running maximum and sum, Dao et al. 2022, algorithm 1; heads
/// that share keys and values, Ainslie et al. 2023.
///
/// Inputs q|k|v as [batch × time, packed width] and, where `hasPadding`, the padding mask
/// [batch, time]; outputs o [batch × time, width] and the log-sum-exp of each row of scores [batch,
/// heads, time]. The derivative needs all of them. A row that sees no key is 0.
public struct Attention: OperationRule {
  /// Sequences.
  public var batch: Int
  /// Positions of each.
  public var time: Int
  /// Heads.
  public var heads: Int
  /// Heads of keys and values, each shared by neighbouring heads.
  public var keyHeads: Int
  /// Features of a head.
  public var headSize: Int
  /// Whether a position sees only itself and earlier ones.
  public var causal: Bool
  /// Dropout of the weights; its mask is drawn in the tile.
  public var dropout: Float
  /// Whether a mask says which positions are tokens.
  public var hasPadding = false

  /// Creates attention; without a number of key heads every head has its own.
  public init(
    batch: Int, time: Int, heads: Int, keyHeads: Int? = nil, headSize: Int, causal: Bool,
    dropout: Float, hasPadding: Bool = false
  ) {
    self.batch = batch
    self.time = time
    self.heads = heads
    self.keyHeads = keyHeads ?? heads
    self.headSize = headSize
    self.causal = causal
    self.dropout = dropout
    self.hasPadding = hasPadding
  }

  /// Columns of o.
  public var width: Int { heads * headSize }
  /// Columns of q|k|v.
  public var packedWidth: Int { (heads + 2 * keyHeads) * headSize }

  /// The name in reports.
  public var name: String { "attention" }
  /// Two products a pair of positions; half of the pairs when causal.
  public var flops: Int {
    let pairs = causal ? time * (time + 1) / 2 : time * time
    return 4 * batch * heads * pairs * headSize
  }

  /// Two products.
  public var isDear: Bool { true }

  /// Tiles of scores, for each worker.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.attentionForward(
      batch: batch, time: time, heads: heads, headSize: headSize, threads: threads)
  }
}

extension Attention: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    let output = operation.outputs[0]
    guard let gradient = builder.gradient(of: output) else { return }
    let inputs =
      [gradient, operation.inputs[0], output, operation.outputs[1]] + operation.inputs.dropFirst()
    builder.contribute(to: operation.inputs[0], inputs: inputs) { accumulates in
      precondition(!accumulates, "queries, keys and values have one reader: attention")
      return .attentionBackward(AttentionBackward(forward: self))
    }
  }
}

/// The gradient of q|k|v, tile by tile.
///
/// Dao et al. 2022, algorithm 4.
///
/// Inputs do, q|k|v, o, log-sum-exp (, padding mask); output d(q|k|v).
public struct AttentionBackward: OperationRule {
  /// The sizes.
  public var forward: Attention

  /// The name in reports.
  public var name: String { "attention" }
  /// Five products where forward has two.
  public var flops: Int { forward.flops * 5 / 2 }

  /// Tiles of scores and their gradients, for each worker.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.attentionBackward(
      batch: forward.batch, time: forward.time, heads: forward.heads, headSize: forward.headSize,
      threads: threads)
  }
}
