import Foundation
import Glibc

/// The right to run a notebook, held by one process at a time; it ends with the process.
final class NotebookLock {
  private let descriptor: Int32

  /// Waits for a notebook's lock.
  ///
  /// - Parameters:
  ///   - patience: seconds to wait.
  ///   - waiting: told once, with the process that has the lock, when there is one.
  /// - Throws: `RunFault.locked` when it was not to be had in time.
  init(
    notebook path: String, project: Project, name: String, patience: Double,
    waiting: (String) -> Void
  ) throws(RunFault) {
    let file = Self.file(of: path, in: project)
    let folder = Project.folder(of: file)
    try makeFolder(folder)
    descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .unwritable(name: file, reason: String(cString: strerror(errno)))
    }
    let start = ContinuousClock.now
    var told = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let owner = Self.owner(of: descriptor)
      if !told { waiting(owner) }
      told = true
      guard ContinuousClock.now - start < .seconds(patience) else {
        throw .locked(name: name, owner: owner)
      }
      usleep(50_000)
    }
    Self.setOwner(of: descriptor)
  }

  /// Waits for the lock of a notebook that is to be run.
  convenience init(
    of open: OpenNotebook, options: RunOptions, tell: (RunEvent) -> Void
  ) throws(RunFault) {
    try self.init(
      notebook: open.file.path, project: open.project, name: open.file.name,
      patience: options.lockPatience
    ) { tell(.waiting(process: $0)) }
  }

  deinit { close(descriptor) }

  /// The file that is locked for a notebook.
  static func file(of path: String, in project: Project) -> String {
    "\(project.results)/locks/\(project.fileStem(of: path)).lock"
  }

  private static func owner(of descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  private static func setOwner(of descriptor: Int32) {
    let text = Array("\(getpid())".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
  }
}
