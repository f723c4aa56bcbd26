import Digests
import Foundation
import Glibc

/// A drawn figure, which is named by the digest of its contents: `cell-0123abcd.svg`.
struct FigureFile {
  /// Whether the file is what its name says.
  enum State {
    case whole, changed, gone
  }

  let path: String

  var state: State {
    guard let data = FileManager.default.contents(atPath: path) else { return .gone }
    return path.hasSuffix("-\(Digest(hashing: [UInt8](data)).prefix(8)).svg") ? .whole : .changed
  }
}

extension String {
  /// Whether this is a name that nbrun gives to figures: `cell-0123abcd.svg`.
  var isFigureName: Bool {
    guard hasSuffix(".svg"), let dash = lastIndex(of: "-") else { return false }
    let digits = self[index(after: dash)...].dropLast(4)
    return digits.count == 8 && digits.allSatisfy(\.isHexDigit)
  }
}
