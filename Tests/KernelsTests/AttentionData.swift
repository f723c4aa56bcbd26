import KernelTable
import TestSupport

@testable import Kernels

/// Inputs of one attention and the passes over them.
struct AttentionData {
  let shape: AttentionShape
  let qkv: [Float]
  let dOut: [Float]
  private let dropout: DropoutMask?
  private let padding: [Int32]?

  init(
    _ shape: AttentionShape, probability: Float, scale: Float = 1, padding: [Int32]? = nil
  ) {
    self.padding = padding
    var random = RepeatableGenerator(seed: UInt64(shape.time))
    self.shape = shape
    let rows = shape.batch * shape.time
    qkv = random.values(rows * shape.packedWidth, scale: scale)
    dOut = random.values(rows * shape.width)
    let key = PhiloxKey(seed: 11, step: 2, operation: 5)
    dropout = probability > 0 ? DropoutMask(probability: probability, key: key) : nil
  }

  /// The output and the log-sum-exp.
  func forward(_ engine: Kernels) -> [[Float]] {
    var out = unwritten(dOut.count)
    var logSumExp = unwritten(shape.batch * shape.heads * shape.time)
    let needed = Workspace.attentionForward(
      batch: shape.batch, time: shape.time, heads: shape.heads, headSize: shape.headSize,
      threads: engine.threads)
    withWorkspace(needed) { workspace in
      withPadding { padding in
        engine.attentionForward(
          shape, qkv: qkv, padding: padding, dropout: dropout, into: &out,
          logSumExp: &logSumExp, workspace: workspace)
      }
    }
    return [out, logSumExp]
  }

  /// The gradient by qkv.
  func backward(_ engine: Kernels) -> [[Float]] {
    let saved = forward(engine)
    var dqkv = unwritten(qkv.count)
    let needed = Workspace.attentionBackward(
      batch: shape.batch, time: shape.time, heads: shape.heads, headSize: shape.headSize,
      threads: engine.threads)
    withWorkspace(needed) { workspace in
      withPadding { padding in
        engine.attentionBackward(
          shape, dOut: dOut, qkv: qkv, padding: padding, dropout: dropout, out: saved[0],
          logSumExp: saved[1], into: &dqkv, workspace: workspace)
      }
    }
    return [dqkv]
  }

  func oracle(_ qkv: [Double]) -> (out: [Double], logSumExp: [Double]) {
    Oracle.attention(qkv, shape, padding: padding, factors: factors())
  }

  private func withPadding(_ body: (UnsafePointer<Int32>?) -> Void) {
    guard let padding else { return body(nil) }
    padding.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  /// The dropout factor of every weight, from the stream's definition.
  private func factors() -> [Float]? {
    guard let dropout, let engine = Engines.all.first else { return nil }
    let count = shape.batch * shape.heads * shape.time * shape.time
    var factors = [Float](repeating: 1, count: count)
    factors.inPlace { engine.dropout(dropout, $0, into: $0, count: count) }
    return factors
  }
}
