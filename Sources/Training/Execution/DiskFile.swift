import Checkpointing
import Glibc

/// The file in which values wait for the backward pass, and the thread that writes and reads it.
///
/// It has no name, so that it is gone with the process, however that ends. It is written and read by
/// calls rather than mapped: pages of a mapping count as the process's memory, which is what the values
/// are to leave.
final class DiskFile {
  private let descriptor: Int32
  private let queue: TransferQueue

  /// Opens a file and claims its bytes, so that a full disk is known before anything runs.
  ///
  /// - Parameter folder: where it lies; made if there is none.
  convenience init(byteCount: Int, folder: String) throws(TrainingFault) {
    mkdir(folder, 0o777)
    let descriptor = Self.unnamedFile(in: folder)
    guard descriptor >= 0 else { throw Self.fault(errno, byteCount, folder) }
    let status = posix_fallocate(descriptor, 0, byteCount)
    guard status == 0 else {
      close(descriptor)
      throw Self.fault(status, byteCount, folder)
    }
    self.init(descriptor: descriptor)
  }

  /// Takes an open file, and closes it in the end.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    queue = TransferQueue(descriptor: descriptor)
  }

  // The thread has left the queue before the file is closed.
  deinit {
    queue.dismiss()
    close(descriptor)
  }

  /// Begins to write bytes, which must stay as they are until it is waited for.
  ///
  /// - Returns: what to wait for.
  func write(_ bytes: UnsafeMutableRawBufferPointer, at slot: Program.Slot) -> Int {
    queue.append(TransferQueue.Transfer(bytes: bytes, offset: slot.offset, isWrite: true))
  }

  /// Begins to read bytes, which nobody may touch until it is waited for.
  ///
  /// What began before has ended by then, so that a value's own write has.
  /// - Returns: what to wait for.
  func read(_ bytes: UnsafeMutableRawBufferPointer, at slot: Program.Slot) -> Int {
    queue.append(TransferQueue.Transfer(bytes: bytes, offset: slot.offset, isWrite: false))
  }

  /// Returns once a transfer, and all that began before it, has ended.
  func wait(for transfer: Int) { queue.wait(for: transfer) }

  /// Why the first transfer that failed did; what the later ones moved has no meaning.
  var failure: DiskFailure? { queue.failure }

  /// A file that is gone once it is closed; below 0 where there can be none.
  static func unnamedFile(in folder: String) -> Int32 {
    // O_TMPFILE, which the system's headers show to C with extensions alone.
    let withoutName = Int32(0o20000000) | O_DIRECTORY
    let descriptor = open(folder, withoutName | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor < 0, [EOPNOTSUPP, EISDIR, EINVAL, ENOENT].contains(errno) else {
      return descriptor
    }
    // A file system without such files: one that loses its name at once.
    let path = "\(folder)/.nbrun-disk-\(getpid())-\(UInt32.random(in: 0...(.max)))"
    let named = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if named >= 0 { unlink(path) }
    return named
  }

  private static func fault(_ code: Int32, _ byteCount: Int, _ folder: String) -> TrainingFault {
    .noDiskFile(folder: folder, byteCount: byteCount, reason: String(cString: strerror(code)))
  }
}

/// Why a transfer to or from the disk failed.
struct DiskFailure {
  /// Whether it was a write.
  let isWrite: Bool
  /// The system's words.
  let reason: String
}
