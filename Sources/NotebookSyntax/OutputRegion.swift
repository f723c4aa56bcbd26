public import Diagnostics
import Digests

/// A piece of the notebook that nbrun wrote, between two marker comments.
public struct OutputRegion: Sendable {
  /// What a region holds.
  public enum Kind: String, Sendable, CaseIterable {
    /// Results: the same in every run of the same notebook.
    case out
    /// Times: recorded, but different in every run.
    case time
  }

  /// What it holds.
  public let kind: Kind
  /// The id of its directive.
  public let id: String
  /// The first digits of the input key that it was written for (`in=`).
  public let key: String?
  /// The first 8 hex digits of the body's digest when it was written (`sum=`).
  public let sum: String?
  /// From the start of the first marker's line to the end of the last marker's line, the line's
  /// ending included.
  public let range: ByteRange
  /// The lines (from 1) of the two markers.
  public let lines: ClosedRange<Int>
  /// The text between the markers: container prefix and outer blank lines removed, lines joined
  /// by LF, no final line ending.
  public let bodyText: String

  /// Whether the body is not what nbrun wrote there.
  public var isEdited: Bool {
    guard let sum else { return !bodyText.isEmpty }
    return Self.sum(ofBody: bodyText) != sum
  }

  /// The `sum=` of a body.
  static func sum(ofBody body: String) -> String { Digest(hashing: body).prefix(8) }
}
