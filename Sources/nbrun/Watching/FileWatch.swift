import DataFiles
import Glibc
import Runner

/// Tells when notebooks are saved with another text.
///
/// Folders are watched and not files, as many editors write a new file and rename it. What nbrun
/// itself writes into a notebook is no change of its text.
final class FileWatch {
  /// Readable when something happened in a folder of the notebooks.
  let descriptor: Int32
  private let files: [String]
  private var texts: [String: NotebookText] = [:]
  /// What files looked like when they were read last, and whether their text was new then.
  private var looks: [String: (stamp: Stamp, isNew: Bool)] = [:]

  /// - Throws: `RunFault.unreadable` where a folder can't be watched.
  init(_ files: [String]) throws(RunFault) {
    self.files = files
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    for folder in Set(files.flatMap(Self.folders)) {
      let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE)
      guard descriptor >= 0, inotify_add_watch(descriptor, folder, events) >= 0 else {
        throw .unreadable(name: folder, reason: String(cString: strerror(errno)))
      }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes a file's text as known.
  func remember(_ file: String) {
    looks[file] = nil
    texts[file] = NotebookText(file)
  }

  /// Whether a file's text is another one than the one that is known.
  ///
  /// It is asked at every step of a training run, so the file is read only if it looks different.
  func hasChanged(_ file: String) -> Bool {
    guard let stamp = Stamp(file) else { return false }
    if let look = looks[file], look.stamp == stamp { return look.isNew }
    guard let text = NotebookText(file) else { return false }
    let isNew = text != texts[file]
    looks[file] = (stamp, isNew)
    return isNew
  }

  /// The files that were saved with another text, which then is known.
  ///
  /// An editor may write several times: only when the folders were still for a moment are the files
  /// read.
  func savedFiles() -> [String] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var patience = 20
    repeat {
      while read(descriptor, &buffer, buffer.count) > 0 {}
      patience -= 1
    } while patience > 0 && poll(&source, 1, 50) > 0
    let saved = files.filter(hasChanged)
    for file in saved { remember(file) }
    return saved
  }

  /// The folder that a file is named in, and that of the file which a link leads to.
  private static func folders(_ file: String) -> [String] {
    [folder(of: file)] + [pathWithoutLinks(file)].compactMap { $0.map(folder) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// What tells a written file from the one before without reading it.
private struct Stamp: Equatable {
  private let inode: UInt64
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  init?(_ file: String) {
    var status = stat()
    guard stat(file, &status) == 0 else { return nil }
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}
