import Digests
import FoundationEssentials
import Glibc
import NotebookSyntax
public import Reporting

import struct Records.Record

/// A notebook as a second run would have it, beside the notebook itself: `notebook.md.corrected`.
///
/// Its last line names the text that it was made from, so that it is never put in the place of
/// another one.
public struct CorrectedNotebook: Sendable {
  /// The notebook's path.
  let path: String
  /// The notebook as the user named it.
  let name: String
  /// The notebook as it is.
  let original: [UInt8]
  /// The notebook as it would be.
  let text: [UInt8]
  /// What the second run recorded, for the store.
  let records: [Record]

  init(of file: NotebookFile, text: [UInt8], records: [Record]) {
    path = file.path
    name = file.name
    original = file.bytes
    self.text = text
    self.records = records
  }

  /// The corrected file's name as the user would write it.
  public var fileName: String { name + Self.suffix }

  /// What differs, line by line.
  public var lines: UnifiedDiff {
    UnifiedDiff(
      from: String(decoding: original, as: UTF8.self), to: String(decoding: text, as: UTF8.self))
  }

  /// Writes the corrected file, and beside the store what the second run recorded.
  ///
  /// - Throws: `RunFault.unwritable`.
  public func write() throws(RunFault) {
    let contents = text + Array(Self.mark(Self.digest(original)).utf8)
    try writeWhole(contents, to: path + Self.suffix, name: fileName)
    let travelling = TravellingRecords(records)
    try travelling.write(to: TravellingRecords.path(of: path), name: fileName)
  }

  /// Removes what an earlier check left of a notebook that has nothing to correct any more.
  public static func discard(of name: String) {
    guard let file = try? NotebookFile(name: name) else { return }
    unlink(file.path + suffix)
    unlink(TravellingRecords.path(of: file.path))
  }

  static let suffix = ".corrected"

  static func digest(_ bytes: [UInt8]) -> String { Digest(hashing: bytes).prefix(32) }

  private static let markOpening = "\n<!-- nbrun:corrected from="

  /// The last line: a comment, so that the file reads as Markdown.
  private static func mark(_ digest: String) -> String { "\(markOpening)\(digest) -->\n" }

  /// Splits a corrected file into the notebook and the digest of what it was made from.
  static func split(_ bytes: [UInt8]) -> (text: [UInt8], digest: String)? {
    let length = Array(mark(digest([])).utf8).count
    guard bytes.count >= length else { return nil }
    let line = String(decoding: bytes.suffix(length), as: UTF8.self)
    guard line.hasPrefix(markOpening), line.hasSuffix(" -->\n") else { return nil }
    let digest = line.dropFirst(markOpening.count).prefix(32)
    return (Array(bytes.dropLast(length)), String(digest))
  }
}
