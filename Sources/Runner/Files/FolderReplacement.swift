import CFiles
import DataFiles
import FoundationEssentials
import Glibc

/// A folder that is written beside its place and takes it at once: whoever looks finds all of the
/// old files or all of the new ones, whenever the process is killed.
///
/// Other files of the folder stay: they are linked into the new one before it takes the place.
struct FolderReplacement {
  /// The folder, without links.
  let path: String
  /// Exchanges two folders' names in one step; false where the file system can't.
  var exchange: (_ left: String, _ right: String) -> Bool = { nbrun_exchange($0, $1) == 0 }

  /// Where the new folder is written.
  private var temporary: String { NewFile.temporaryPath(of: path) }
  /// Where the old folder waits, on file systems that can't exchange names.
  private var aside: String { path + ".nbrun-aside" }
  private var manager: FileManager { FileManager.default }

  /// Writes the folder's new files.
  ///
  /// - Parameter fill: writes them to the folder that it is given.
  /// - Throws: what `fill` throws, or an error of the file system; the old files are there then.
  func write(_ fill: (_ folder: String) throws -> Void) throws {
    recover()
    Leftovers.removeFolders(beside: path)
    try? manager.removeItem(atPath: temporary)
    try manager.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    // After the exchange this is the old folder; its other files are links to those of the new one.
    defer { try? manager.removeItem(atPath: temporary) }
    try fill(temporary)
    try adoptOthers()
    Self.synchronize(temporary)
    try takePlace()
    Self.synchronize(Project.folder(of: path))
  }

  /// Puts the old folder back that a killed process had moved out of the way.
  func recover() {
    guard manager.fileExists(atPath: aside) else { return }
    // Only an empty folder may be in its place, or the new one.
    rmdir(path)
    if manager.fileExists(atPath: path) {
      try? manager.removeItem(atPath: aside)
    } else {
      // Where that fails it stays: it is the only copy.
      rename(aside, path)
    }
  }

  /// Links what the folder holds besides into the new one; copies where the system has no links.
  private func adoptOthers() throws {
    guard manager.fileExists(atPath: path) else { return }
    for name in try manager.contentsOfDirectory(atPath: path) {
      let (old, new) = ("\(path)/\(name)", "\(temporary)/\(name)")
      guard !manager.fileExists(atPath: new) else { continue }
      do {
        try manager.linkItem(atPath: old, toPath: new)
      } catch {
        try? manager.removeItem(atPath: new)
        try manager.copyItem(atPath: old, toPath: new)
      }
    }
    var status = stat()
    if stat(path, &status) == 0 { chmod(temporary, status.st_mode & 0o7777) }
  }

  private func takePlace() throws {
    guard manager.fileExists(atPath: path) else { return try move(temporary, to: path) }
    guard !exchange(temporary, path) else { return }
    try move(path, to: aside)
    do {
      try move(temporary, to: path)
    } catch {
      recover()
      throw error
    }
    try? manager.removeItem(atPath: aside)
  }

  private func move(_ old: String, to new: String) throws {
    guard rename(old, new) == 0 else { throw NotMoved(reason: String(cString: strerror(errno))) }
  }

  /// Waits until a file or a folder's names are on the disk.
  static func synchronize(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private struct NotMoved: Error, CustomStringConvertible {
    let reason: String
    var description: String { "its folder can't be renamed: \(reason)" }
  }
}
