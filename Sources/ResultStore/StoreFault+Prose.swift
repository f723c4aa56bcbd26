extension StoreFault {
  /// A stable name for diagnostics, such as `store-newer`.
  public var code: String {
    switch self {
    case .absent: "store-absent"
    case .newer: "store-newer"
    case .foreign: "store-foreign"
    case .damaged: "store-damaged"
    case .unwritable, .folder, .full: "store-unwritable"
    case .busy: "store-busy"
    case .refused: "store-refused"
    }
  }

  /// What is wrong, one sentence that names the store.
  public var message: String {
    switch self {
    case .absent(let path):
      "there is no store at '\(path)'"
    case .newer(let path, let found, let known):
      "the store '\(path)' has schema \(found), this nbrun knows schemas up to \(known)"
    case .foreign(let path):
      "'\(path)' is a database of another program"
    case .damaged(let path, let detail):
      "the store '\(path)' is damaged: \(detail)"
    case .unwritable(let path, let detail):
      "the store '\(path)' can't be written: \(detail)"
    case .folder(let path):
      "the store '\(path)' can't be written: it is a folder"
    case .full(let path):
      "the store '\(path)' can't be written: the disk is full"
    case .busy(let path, let seconds):
      "the store '\(path)' stayed locked for \(Int(seconds)) s"
    case .refused(let path, let code, let detail):
      "the store '\(path)' failed: \(detail) (SQLite error \(code))"
    }
  }

  /// What to do about it, a line each.
  public var notes: [String] {
    switch self {
    case .absent:
      ["run a notebook first, or name another store with --store"]
    case .newer:
      ["update nbrun, or name another store with --store"]
    case .foreign:
      ["name another file with --store or NBRUN_STORE"]
    case .damaged:
      ["delete it to start a new one: results are computed again"]
    case .unwritable:
      ["make its folder writable, or name another store with --store"]
    case .folder:
      ["move the folder away, or name another store with --store"]
    case .full:
      ["make room there, or name another store with --store"]
    case .busy:
      ["wait for the other nbrun to end"]
    case .refused:
      []
    }
  }
}
