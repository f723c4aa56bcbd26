import DataFiles
import FoundationEssentials
import Glibc

/// A notebook's file as it was read, and the way to replace it whole.
public struct NotebookFile: Sendable {
  /// The path as the user wrote it, for messages.
  public let name: String
  /// The path without links.
  public let path: String
  /// The bytes as they were read.
  public private(set) var bytes: [UInt8]

  /// Reads a file.
  ///
  /// - Throws: `RunFault.unreadable`.
  public init(name: String) throws(RunFault) {
    guard let path = pathWithoutLinks(name) else {
      throw .unreadable(name: name, reason: String(cString: strerror(errno)))
    }
    self.name = name
    self.path = path
    bytes = try Self.read(path, name: name)
  }

  /// Takes bytes from elsewhere as those of a file; without a path, of one in the working directory.
  init(bytes: [UInt8], name: String, path: String? = nil) {
    self.name = name
    self.path = path ?? FileManager.default.currentDirectoryPath + "/stdin.md"
    self.bytes = bytes
  }

  private static func read(_ path: String, name: String) throws(RunFault) -> [UInt8] {
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard !isThere || status.st_mode & S_IFMT != S_IFDIR else {
      throw .unreadable(name: name, reason: "it is a folder; name the notebooks in it")
    }
    guard isThere else {
      let reason =
        name == "-"
        ? "only a run reads the standard input; name a file" : String(cString: strerror(ENOENT))
      throw .unreadable(name: name, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(name: name, reason: "not a regular file")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(name: name, reason: String(cString: strerror(errno)))
    }
    return [UInt8](data)
  }

  /// Replaces the file by new bytes, if it still is what was read; equal bytes are not written.
  ///
  /// The new file is on the disk before it takes the old one's place, with the old one's mode.
  /// - Throws: `RunFault.changedMeanwhile`, `.unwritable`.
  public mutating func replace(with new: [UInt8]) throws(RunFault) {
    guard new != bytes else { return }
    guard try Self.read(path, name: name) == bytes else { throw .changedMeanwhile(name: name) }
    try writeWhole(new, to: path, name: name)
    bytes = new
  }
}
