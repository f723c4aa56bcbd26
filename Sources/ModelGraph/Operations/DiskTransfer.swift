/// A part of a forward value's way to a file and back, while it waits for the backward pass.
///
/// Writes read the value, `readStart` puts out the value anew, and `readEnd` reads it. What is moved is
/// in use from the start to the end, between which other operations run.
public struct DiskTransfer: OperationRule {
  /// Which part.
  public var part: Part

  /// The parts of the way, in their order.
  public enum Part: Int, Hashable, Sendable, CaseIterable {
    /// A write begins.
    case writeStart
    /// A write is waited for.
    case writeEnd
    /// A read begins.
    case readStart
    /// A read is waited for.
    case readEnd
  }

  /// Creates a part of a transfer.
  public init(_ part: Part) { self.part = part }

  /// `disk_write` and so on.
  public var name: String {
    switch part {
    case .writeStart: "disk_write"
    case .writeEnd: "disk_write_end"
    case .readStart: "disk_read"
    case .readEnd: "disk_read_end"
    }
  }

  /// Moving bytes takes no flops.
  public var flops: Int { 0 }
}
