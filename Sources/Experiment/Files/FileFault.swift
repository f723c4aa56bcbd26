/// Why a project file can't be read.
public enum FileFault: Error, Hashable, Sendable {
  /// The path begins with `/` or `~`.
  case absolute(String)
  /// The path holds `..`, or a link that leads out of the project.
  case outsideProject(String)
  /// The path is empty or holds a control character.
  case invalidPath(String)
  /// No such file; `near` is the most similar one.
  case missing(String, near: String?)
  /// The pattern matches no file.
  case noMatch(String)
  /// A folder, a device, a pipe or a socket.
  case notRegular(String)
  /// More bytes than a file may have.
  case tooLarge(String, limit: Int)
  /// More files than a pattern may match or visit.
  case tooMany(String, limit: Int)
  /// The system refused; `reason` is its own word.
  case unreadable(String, reason: String)
}

extension FileFault {
  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .absolute(let path): "'\(path)' is an absolute path"
    case .outsideProject(let path): "'\(path)' leads out of the project's folder"
    case .invalidPath(let path): "'\(path)' is no path"
    case .missing(let path, _): "no file '\(path)'"
    case .noMatch(let pattern): "no file matches '\(pattern)'"
    case .notRegular(let path): "'\(path)' is not a regular file"
    case .tooLarge(let path, let limit): "'\(path)' is larger than \(limit >> 20) MiB"
    case .tooMany(let pattern, let limit): "'\(pattern)' takes more than \(limit) files"
    case .unreadable(let path, let reason): "'\(path)' can't be read: \(reason)"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .absolute, .outsideProject:
      ["a notebook reads files of its own project only; write the path from the project's folder"]
    case .missing(_, let near?): ["did you mean '\(near)'?"]
    case .missing, .noMatch:
      ["paths are relative to the project's folder; hidden folders and 'results' have to be named"]
    case .notRegular(let path): ["to read the files of a folder, write '\(path)/*'"]
    case .tooLarge, .tooMany: ["name fewer or smaller files"]
    case .invalidPath, .unreadable: []
    }
  }
}
