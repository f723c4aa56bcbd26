import GRDB

/// The store's tables and views, and the way from one version to the next.
///
/// A version that has shipped is frozen: a change is a further migration.
enum Schema {
  /// Marks the file as ours: `nbrn` in ASCII.
  static let applicationIdentifier = 0x6E62_726E
  /// What turns version n into version n + 1, as SQL alone: it must not change when code does.
  static let migrations = [
    version1, version2, version3, version4, version5, version6, version7, version8, version9,
  ]
  /// The version that this code reads and writes.
  static var current: Int { migrations.count }

  /// Whether migrations are missing; throws where the file is not ours or newer than this code.
  static func isOutdated(_ db: Database, path: String) throws -> Bool {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema LIMIT 1") == nil
    guard owner == applicationIdentifier || (owner == 0 && version == 0 && isEmpty) else {
      throw StoreFault.foreign(path: path)
    }
    guard version >= 0 else {
      throw StoreFault.damaged(path: path, detail: "its version is negative")
    }
    guard version <= current else {
      throw StoreFault.newer(path: path, found: version, known: current)
    }
    return version < current
  }

  /// Runs the missing migrations in one transaction; looks again after locking, as another process
  /// may have run them meanwhile.
  static func migrate(_ queue: DatabaseQueue, path: String) throws {
    guard try queue.read({ try isOutdated($0, path: path) }) else { return }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.inTransaction(.exclusive) {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        for migration in migrations.dropFirst(version) {
          try db.execute(sql: migration)
        }
        try db.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
        try db.execute(sql: "PRAGMA user_version = \(current)")
        return .commit
      }
    }
  }
}
