import Foundation
import TestSupport

import struct Digests.Digest

extension SmallProject {
  /// Writes the digests of all output regions anew, so that an edit of theirs is none.
  func seal() throws {
    var lines = try text.components(separatedBy: "\n")
    for start in lines.indices where lines[start].hasPrefix("<!-- #region nbrun:") {
      let end = lines[start...].firstIndex { $0.hasPrefix("<!-- #endregion nbrun:") } ?? start
      let body = lines[(start + 2)..<(end - 1)].joined(separator: "\n")
      let sum = Digest(hashing: body).prefix(8)
      lines[start] = lines[start].replacing(/sum=[0-9a-f]+/, with: "sum=\(sum)")
    }
    try folder.write(name, lines.joined(separator: "\n"))
  }
}
