import FoundationEssentials
import Glibc

/// Temporary files that killed processes left beside the files that they were writing.
enum Leftovers {
  /// The process that wrote a temporary file; nil for a name of another kind.
  static func owner(of name: String) -> pid_t? {
    guard let dash = name.lastIndex(of: "-"), name[..<dash].hasSuffix(".nbrun") else { return nil }
    let digits = name[name.index(after: dash)...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return pid_t(digits)
  }

  /// Removes what dead processes of this machine left of writing a file.
  static func remove(beside path: String) {
    guard let name = path.split(separator: "/").last else { return }
    remove(in: Project.folder(of: path), beginning: "\(name).nbrun-")
  }

  /// Removes what dead processes of this machine left of writing a folder.
  static func removeFolders(beside path: String) {
    guard let name = path.split(separator: "/").last else { return }
    remove(in: Project.folder(of: path), beginning: "\(name).nbrun-") {
      try? FileManager.default.removeItem(atPath: $0)
    }
  }

  /// Removes what dead processes of this machine left in a folder.
  static func remove(
    in folder: String, beginning: String = "", by removing: (String) -> Void = { unlink($0) }
  ) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for name in names where name.hasPrefix(beginning) {
      guard let owner = owner(of: name), owner != getpid(), !isAlive(owner) else { continue }
      removing("\(folder)/\(name)")
    }
  }

  /// Whether a process of that number runs on this machine; one of another user does too.
  private static func isAlive(_ process: pid_t) -> Bool {
    kill(process, 0) == 0 || errno == EPERM
  }
}
