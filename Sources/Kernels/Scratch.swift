import KernelTable

/// A caller's workspace, cut into aligned parts from the front.
struct Scratch {
  private let base: UnsafeMutableRawPointer
  private var offset = 0
  private let byteCount: Int

  /// Traps unless `workspace` has the `needed` bytes that `Workspace` tells for `operation`.
  init(_ workspace: UnsafeMutableRawBufferPointer, needed: Int, operation: StaticString) {
    precondition(
      workspace.count >= needed,
      "\(operation) needs a workspace of \(needed) bytes and got \(workspace.count)")
    guard let base = workspace.baseAddress else {
      preconditionFailure("\(operation) got an empty workspace")
    }
    self.base = base
    byteCount = workspace.count
  }

  /// The next `count` floats; the part after them starts at a multiple of 64 bytes.
  mutating func floats(_ count: Int) -> MutableFloats { take(count, of: Float.self) }

  /// The next `count` whole numbers.
  mutating func integers(_ count: Int) -> UnsafeMutablePointer<Int32> {
    take(count, of: Int32.self)
  }

  /// The next `count` doubles.
  mutating func doubles(_ count: Int) -> UnsafeMutablePointer<Double> {
    take(count, of: Double.self)
  }

  /// What is left, for an operation inside this one.
  var rest: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + offset, count: byteCount - offset)
  }

  /// The workspace holds nothing of value between kernels, so binding its memory anew is safe.
  private mutating func take<T: BitwiseCopyable>(
    _ count: Int, of type: T.Type
  ) -> UnsafeMutablePointer<T> {
    let start = offset
    offset += Workspace.aligned(count * MemoryLayout<T>.stride)
    precondition(offset <= byteCount, "a kernel takes more scratch than Workspace tells")
    return (base + start).bindMemory(to: type, capacity: count)
  }
}
