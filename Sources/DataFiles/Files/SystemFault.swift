import Glibc

/// Why the system refused to do something with a file.
public struct SystemFault: Error, Hashable, Sendable {
  /// The number that `errno` had.
  public let code: Int32

  /// Names a fault.
  public init(code: Int32) { self.code = code }

  /// What the last call of this thread failed for.
  static var last: SystemFault { SystemFault(code: errno) }

  /// The fault in the system's words: `No space left on device`.
  public var reason: String { String(cString: strerror(code)) }

  /// Makes a folder and those above it where they are missing.
  ///
  /// - Throws: `SystemFault`.
  public static func makeFolder(_ path: String) throws(SystemFault) {
    guard !path.isEmpty, mkdir(path, 0o777) != 0 else { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
      if mkdir(path, 0o777) == 0 { return }
    }
    let fault = last
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if !isFolder { throw fault.code == EEXIST ? SystemFault(code: ENOTDIR) : fault }
  }
}
