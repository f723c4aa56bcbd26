import FoundationEssentials
import Glibc

/// The store's file and folder before and beside SQLite.
struct StoreFile {
  let path: String

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What can be done with the file.
  enum Access {
    /// It is empty, or yet to be made.
    case new
    /// It can be read and written.
    case whole
    /// It can be read, but nothing can be written to it or beside it.
    case readOnly
  }

  /// Makes the folder where the store is to be made, and says what can be done with the file.
  ///
  /// A folder that can't be written makes the store unusable for a run; better said here than at the
  /// first saved record.
  /// - Parameter creating: whether a missing store is made, and so written.
  func prepare(creating: Bool) throws(StoreFault) -> Access {
    var status = stat()
    let exists = stat(path, &status) == 0
    guard exists || creating else { throw .absent(path: path) }
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw .folder(path: path)
    }
    if !exists { try makeFolder() }
    guard access(folder, W_OK) == 0, !exists || access(path, R_OK | W_OK) == 0 else {
      let detail = String(cString: strerror(errno))
      guard !creating, access(path, R_OK) == 0 else {
        throw .unwritable(path: path, detail: detail)
      }
      return .readOnly
    }
    return !exists || status.st_size == 0 ? .new : .whole
  }

  /// The name under which SQLite opens the file to read it alone.
  ///
  /// The journal's mode, WAL, needs to write beside the file even in order to read it. Where no log
  /// is left of a writer, the file alone is all that there is, which SQLite has to be told.
  var nameForReading: String {
    var status = stat()
    if stat(path + "-wal", &status) == 0, status.st_size > 0 { return path }
    let escaped = path.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      return "?#%".unicodeScalars.contains(scalar) || byte > 127
        ? "%" + String(byte, radix: 16) : String(scalar)
    }
    return "file:\(escaped.joined())?immutable=1"
  }

  private func makeFolder() throws(StoreFault) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, detail: "its folder can't be made")
    }
  }

  /// Runs `body` while no other process makes or migrates a store in this folder.
  ///
  /// The lock is an `flock` on the folder: it leaves no file behind, the kernel drops it when the
  /// process dies, and it can't disturb the `fcntl` locks that SQLite holds on the file itself.
  func withFolderLock<Value>(patience: Double, _ body: () throws -> Value) throws -> Value {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StoreFault.unwritable(path: path, detail: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    let pause = 0.01
    var waited = 0.0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard waited < patience else { throw StoreFault.busy(path: path, seconds: patience) }
      usleep(UInt32(pause * 1e6))
      waited += pause
    }
    return try body()
  }
}
