import DataFiles
import Glibc

/// Writes a file beside its place, flushes it and renames it there: whole or not at all.
///
/// A link stays, and the file that it leads to is replaced; a device or a pipe is written into.
func writeWhole(_ bytes: [UInt8], to path: String, name: String) throws(RunFault) {
  var status = stat()
  let exists = stat(path, &status) == 0
  do throws(SystemFault) {
    if exists, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      return try NewFile.write(bytes, into: path)
    }
    var file = try NewFile(
      path: pathWithoutLinks(path) ?? path, mode: exists ? status.st_mode & 0o7777 : nil)
    try file.append(bytes)
    try file.finish()
  } catch {
    throw .unwritable(name: name, reason: error.reason)
  }
}

/// Makes a folder and those above it where they are missing.
func makeFolder(_ path: String) throws(RunFault) {
  do throws(SystemFault) {
    try SystemFault.makeFolder(path)
  } catch {
    throw .unwritable(name: path, reason: error.reason)
  }
}
