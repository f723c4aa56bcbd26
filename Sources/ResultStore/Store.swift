import GRDB
public import Records

/// The results of all runs of a project, in one SQLite file; also the cache.
///
/// Nothing is ever overwritten: each execution of a cell adds a record, and a look-up finds the
/// newest. A record is written in one transaction with everything that belongs to it, so a killed
/// process leaves whole records only. Several processes may use one store at a time.
///
/// Every method throws a ``StoreFault``; none of them is a reason to end a run, as each result can
/// be computed again.
public final class Store: Sendable {
  /// What the store holds; GRDB has a `Record` too.
  public typealias Record = Records.Record

  /// The file.
  public let path: String
  /// Seconds to wait for another process's lock.
  let patience: Double
  /// The only connection: it serialises this process's accesses.
  let queue: DatabaseQueue

  /// Opens the store, and makes or updates it where need be.
  ///
  /// - Parameters:
  ///   - path: The file; missing folders are made.
  ///   - creating: Whether to make a missing store; otherwise ``StoreFault/absent(path:)``, and a
  ///     store that can't be written is opened to be read.
  ///   - patience: Seconds to wait for another process's lock.
  public convenience init(
    path: String, creating: Bool = true, patience: Double = 60
  ) throws(StoreFault) {
    let access = try StoreFile(path: path).prepare(creating: creating)
    try self.init(path: path, access: access, patience: patience)
  }

  init(path: String, access: StoreFile.Access, patience: Double) throws(StoreFault) {
    self.path = path
    self.patience = patience
    let file = StoreFile(path: path)
    do {
      switch access {
      case .new:
        queue = try file.withFolderLock(patience: patience) {
          let queue = try Store.connect(path, patience: patience)
          try Schema.migrate(queue, path: path)
          return queue
        }
      case .whole: queue = try Store.connect(path, patience: patience)
      case .readOnly:
        queue = try Store.connect(file.nameForReading, readOnly: true, patience: patience)
      }
      if try queue.read({ try Schema.isOutdated($0, path: path) }) {
        guard access != .readOnly else {
          throw StoreFault.unwritable(path: path, detail: "an older nbrun made it")
        }
        try file.withFolderLock(patience: patience) { try Schema.migrate(queue, path: path) }
      }
    } catch {
      throw StoreFault(error, path: path, patience: patience)
    }
  }

  /// Opens a connection without touching the file: the journal's mode is a property of the file.
  ///
  /// `synchronous` stays FULL: a flush for each finished cell costs less than any cell.
  private static func connect(
    _ name: String, readOnly: Bool = false, patience: Double
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.label = "nbrun.store"
    configuration.busyMode = .timeout(patience)
    return try DatabaseQueue(path: name, configuration: configuration)
  }

  /// Reads in one transaction, which is rolled back: nothing that it did would last.
  ///
  /// GRDB's `read` sets `query_only` for the time, and with each change of a pragma SQLite prepares
  /// all statements anew.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreFault) -> Value {
    do {
      return try queue.unsafeRead { db in
        try db.beginTransaction(.deferred)
        let result = Result { try body(db) }
        try db.rollback()
        return try result.get()
      }
    } catch {
      throw StoreFault(error, path: path, patience: patience)
    }
  }

  /// Writes in one transaction that takes its lock at once, so that it never fails halfway.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreFault) -> Value {
    do {
      return try queue.write(body)
    } catch {
      throw StoreFault(error, path: path, patience: patience)
    }
  }
}
