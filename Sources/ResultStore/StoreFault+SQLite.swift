import GRDB

extension StoreFault {
  /// Sorts an error of a database access by what a caller can do about it.
  init(_ error: any Error, path: String, patience: Double) {
    if let fault = error as? StoreFault {
      self = fault
      return
    }
    guard let error = error as? DatabaseError else {
      self = .damaged(path: path, detail: "a record can't be read")
      return
    }
    let detail = error.message ?? "unknown error"
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT:
      self = .damaged(path: path, detail: detail)
    case .SQLITE_FULL:
      self = .full(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
      self = .unwritable(path: path, detail: detail)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self = .busy(path: path, seconds: patience)
    default:
      self = .refused(path: path, code: Int(error.resultCode.rawValue), detail: detail)
    }
  }
}
