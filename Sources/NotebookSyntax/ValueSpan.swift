public import Diagnostics

/// A recorded value shown in prose: `<!-- nbrun:val REF -->…<!-- /nbrun:val -->` on one line.
public struct ValueSpan: Sendable {
  /// What it refers to: `gpt-sqrt.memory.peak`.
  public let reference: String
  /// The reference's place.
  public let referenceRange: ByteRange
  /// Both comments and what is between.
  public let range: ByteRange
  /// What is between the comments.
  public let contentRange: ByteRange
}
