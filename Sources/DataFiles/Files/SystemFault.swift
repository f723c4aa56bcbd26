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
    guard !path.isEmpty, mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw .last
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .last }
  }
}
