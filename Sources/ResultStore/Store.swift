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
  ///   - creating: Whether to make a missing store; otherwise ``StoreFault/absent(path:)``.
  ///   - patience: Seconds to wait for another process's lock.
  public init(path: String, creating: Bool = true, patience: Double = 60) throws(StoreFault) {
    self.path = path
    self.patience = patience
    let file = StoreFile(path: path)
    let isNew = try file.prepare(creating: creating)
    do {
      queue =
        isNew
        ? try file.withFolderLock(patience: patience) {
          let queue = try Store.connect(path: path, patience: patience)
          try Schema.migrate(queue, path: path)
          return queue
        }
        : try Store.connect(path: path, patience: patience)
      if try queue.read({ try Schema.isOutdated($0, path: path) }) {
        try file.withFolderLock(patience: patience) { try Schema.migrate(queue, path: path) }
      }
    } catch {
      throw StoreFault(error, path: path, patience: patience)
    }
  }

  /// Opens a connection without touching the file: the journal's mode is a property of the file.
  ///
  /// `synchronous` stays FULL: a flush for each finished cell costs less than any cell.
  private static func connect(path: String, patience: Double) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "nbrun.store"
    configuration.busyMode = .timeout(patience)
    return try DatabaseQueue(path: path, configuration: configuration)
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
