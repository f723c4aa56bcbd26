import Glibc

/// A side of a comparison as the command line names it.
public enum DiffOperand: Sendable, Equatable {
  /// A notebook of the work tree.
  case file(String)
  /// A notebook of a commit, its path as git takes it in a folder.
  case revision(String, path: String, folder: String)
  /// A copy of a version of a notebook, and the path of the notebook.
  case copy(String, of: String)
  /// A notebook of the work tree that is gone.
  case absent(String)
  /// A run of the store: `42`, `run:42`.
  case run(Int64)

  /// Reads an operand: a file that exists comes first, then a run, then a revision.
  ///
  /// - Throws: `RunFault.revision` for what is none of them.
  public init(_ text: String) throws(RunFault) {
    if access(text, F_OK) == 0 {
      self = .file(text)
    } else if let number = RunNumber.parse(text) {
      self = .run(number)
    } else if let colon = text.firstIndex(of: ":"), colon != text.startIndex {
      let path = String(text[text.index(after: colon)...])
      self = .revision(String(text[..<colon]), path: path, folder: ".")
    } else {
      throw .revision(text, reason: "it is neither a file, nor REV:path, nor a run's number")
    }
  }

  /// How messages name it: a revision as git takes it in the working directory.
  var name: String {
    switch self {
    case .file(let name): name
    case .revision(let revision, let path, let folder):
      "\(revision):\(GitFile.path(path, from: folder))"
    case .copy(_, let path), .absent(let path): path
    case .run(let number): "run \(number)"
    }
  }
}
