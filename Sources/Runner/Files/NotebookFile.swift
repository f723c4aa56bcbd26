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
    guard isThere, status.st_mode & S_IFMT == S_IFREG else {
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

/// Writes a file beside its place, flushes it and renames it there: whole or not at all.
///
/// A link stays, and the file that it leads to is replaced; a device or a pipe is written into.
func writeWhole(_ bytes: [UInt8], to path: String, name: String) throws(RunFault) {
  var status = stat()
  let exists = stat(path, &status) == 0
  if exists, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
    return try write(bytes, into: path, name: name)
  }
  let path = pathWithoutLinks(path) ?? path
  let mode = exists ? status.st_mode & 0o7777 : 0o644
  let temporary = Leftovers.temporaryPath(of: path)
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
  func fail() -> RunFault {
    let reason = String(cString: strerror(errno))
    unlink(temporary)
    return .unwritable(name: name, reason: reason)
  }
  guard descriptor >= 0 else { throw fail() }
  guard writeAll(bytes, to: descriptor) else {
    let fault = fail()
    close(descriptor)
    throw fault
  }
  let flushed = fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
  guard close(descriptor) == 0, flushed, rename(temporary, path) == 0 else { throw fail() }
  flushFolder(of: path)
}

/// Writes into what is no regular file.
private func write(_ bytes: [UInt8], into path: String, name: String) throws(RunFault) {
  let descriptor = open(path, O_WRONLY | O_CLOEXEC)
  defer { close(descriptor) }
  guard descriptor >= 0, writeAll(bytes, to: descriptor) else {
    throw .unwritable(name: name, reason: String(cString: strerror(errno)))
  }
}

/// Writes all bytes; false, with `errno` telling why, where that fails.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes {
      Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    written += count
  }
  return true
}

/// Makes a rename last: the folder's entry is flushed too, where the file system allows it.
private func flushFolder(of path: String) {
  let descriptor = open(Project.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
