import Glibc

/// The absolute path of a file or folder that is there, its links followed; nil where nothing is, with
/// `errno` telling why.
public func pathWithoutLinks(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
