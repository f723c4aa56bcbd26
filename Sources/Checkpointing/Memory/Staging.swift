import ModelGraph

/// Where an operation's narrow operands lie as f32 while it runs.
///
/// Kernels compute on f32. The executor widens an input that is stored as bf16 before a kernel reads
/// it, and rounds an output after the kernel wrote it, in scratch space that the plan counts.
public struct Staging: Sendable, Hashable {
  /// Bytes from the begin of the operation's scratch space, for each input that is staged.
  public private(set) var inputs: [Int?]
  /// The same for each output.
  public private(set) var outputs: [Int?]
  /// All bytes; the operation's own scratch space follows.
  public private(set) var byteCount = 0

  /// Lays out what an operation needs; nil when all its operands are as kernels read them.
  ///
  /// An output that takes an input's place shares its staging too; one that continues an input is
  /// staged, and the input, which the kernel reads through the output, is not.
  init?(
    _ rule: any OperationRule, inputs read: [TensorDescriptor], outputs written: [TensorDescriptor]
  ) {
    // A transfer moves bytes as they are.
    guard !(rule is DiskTransfer) else { return nil }
    guard (read + written).contains(where: { $0.element == .bfloat16 }) else { return nil }
    let continued = Set(rule.continued.map(\.input))
    inputs = Array(repeating: nil, count: read.count)
    outputs = Array(repeating: nil, count: written.count)
    for (index, descriptor) in read.enumerated() where !continued.contains(index) {
      inputs[index] = place(descriptor)
    }
    for (index, descriptor) in written.enumerated() {
      let replaced = rule.replaceable.first { $0.output == index }?.input
      let shared = replaced.flatMap { input -> Int? in
        let same = read[input].count == descriptor.count
        return same && descriptor.element == .bfloat16 ? inputs[input] : nil
      }
      outputs[index] = shared ?? place(descriptor)
    }
    if byteCount == 0 { return nil }
  }

  private mutating func place(_ descriptor: TensorDescriptor) -> Int? {
    guard descriptor.element == .bfloat16 else { return nil }
    let offset = byteCount
    byteCount += Placement.aligned(descriptor.count * ElementType.float32.byteCount)
    return offset
  }
}
