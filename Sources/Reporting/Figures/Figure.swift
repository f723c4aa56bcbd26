import Digests

/// A drawing as an SVG file, the same bytes for the same values.
public struct Figure: Sendable, Equatable {
  /// The file's name: the cell and the first digits of the contents' digest.
  public let name: String
  /// The SVG text.
  public let contents: String
  /// Where values lie in the drawing, for those who let readers point at them.
  public let scale: Scale?

  /// Names a drawing after its cell and its contents.
  public init(cell: String, contents: String, scale: Scale? = nil) {
    self.scale = scale
    let plain = cell.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
    name = "\(String(plain))-\(Digest(hashing: contents).prefix(8)).svg"
    self.contents = contents
  }
}
