import DataFiles
import Digests
import Foundation

/// The file of a saved step: a header of text, then the bytes of weights and optimizer state.
///
/// Written beside its place and renamed, so that there is always a whole one or none; a digest over
/// all of it tells a damaged one, which is taken for none.
struct SavedStepFile {
  static let magic = "nbrun step 1\n"

  let path: String

  /// Writes a step; the file's old content stays until the new one is on the disk.
  ///
  /// Several processes may write one file: each writes its own and the last one stays.
  /// - Throws: `SystemFault`.
  func write(_ header: Header, regions: [UnsafeRawBufferPointer]) throws(SystemFault) {
    try SystemFault.makeFolder((path as NSString).deletingLastPathComponent)
    var file = try NewFile(path: path)
    var digest = DigestBuilder()
    let begin = Self.magic + header.text
    digest.update(begin)
    try file.append(Array(begin.utf8))
    for region in regions {
      digest.update(region)
      // In parts, as an array of all of it would copy it.
      let part = 16 << 20
      for first in stride(from: 0, to: region.count, by: part) {
        try file.append(Array(region[first..<min(first + part, region.count)]))
      }
    }
    try file.append(digest.finalize().bytes)
    try file.finish()
  }

  /// Reads a step of that key into regions; nil if there is none, or none that is whole.
  func read(key: String, regions: [UnsafeMutableRawBufferPointer]) -> Header? {
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      let (header, body) = parse(content), header.key == key,
      header.byteCounts == regions.map(\.count),
      body.count == regions.map(\.count).reduce(32, +), isWhole(content)
    else { return nil }
    var rest = body
    for region in regions {
      rest.prefix(region.count).withUnsafeBytes { region.copyMemory(from: $0) }
      rest = rest.dropFirst(region.count)
    }
    return header
  }

  /// The header of a file of that key; nil if there is none.
  func header(key: String) -> Header? {
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      let (header, _) = parse(content), header.key == key
    else { return nil }
    return header
  }

  /// Whether there is a whole file of that key.
  func isWhole(key: String) -> Bool {
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      let (header, body) = parse(content), header.key == key
    else { return false }
    return isWhole(content) && body.count == header.byteCounts.reduce(32, +)
  }

  /// What the file is for, if it is there and whole.
  var key: String? {
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      let (header, body) = parse(content), isWhole(content),
      body.count == header.byteCounts.reduce(32, +)
    else { return nil }
    return header.key
  }

  private func parse(_ content: Data) -> (Header, Data)? {
    let magic = Data(Self.magic.utf8)
    guard content.starts(with: magic) else { return nil }
    let rest = content.dropFirst(magic.count)
    guard let newline = rest.prefix(20).firstIndex(of: 10),
      let size = Int(String(decoding: rest[rest.startIndex..<newline], as: UTF8.self)),
      size > 0, rest.endIndex - newline - 1 >= size
    else { return nil }
    let text = rest[newline + 1..<newline + 1 + size]
    guard let header = Header(json: text) else { return nil }
    return (header, rest[(newline + 1 + size)...])
  }

  private func isWhole(_ content: Data) -> Bool {
    var digest = DigestBuilder()
    content.dropLast(32).withUnsafeBytes { digest.update($0) }
    return digest.finalize().bytes == [UInt8](content.suffix(32))
  }

  /// Removes the file.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
