import FoundationEssentials
import Glibc

/// The store's file and folder before and beside SQLite.
struct StoreFile {
  let path: String

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the folder where the store is to be made, and says whether the store is new.
  ///
  /// WAL needs to write beside the file even in order to read it, so a folder that can't be
  /// written makes the store unusable; better said here than at the first saved record.
  func prepare(creating: Bool) throws(StoreFault) -> Bool {
    var status = stat()
    let exists = stat(path, &status) == 0
    guard exists || creating else { throw .absent(path: path) }
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw .unwritable(path: path, detail: "it is a folder")
    }
    if !exists { try makeFolder() }
    guard access(folder, W_OK) == 0, !exists || access(path, R_OK | W_OK) == 0 else {
      throw .unwritable(path: path, detail: String(cString: strerror(errno)))
    }
    return !exists || status.st_size == 0
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
