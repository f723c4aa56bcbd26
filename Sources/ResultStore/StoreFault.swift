/// Why a store can't be used: the facts, for a caller that goes on without it.
public enum StoreFault: Error, Equatable, Sendable {
  /// There is no store and none was to be made.
  case absent(path: String)
  /// A later nbrun wrote it: its schema's version and the one that this nbrun knows.
  case newer(path: String, found: Int, known: Int)
  /// It is an SQLite database, but of another program.
  case foreign(path: String)
  /// It is no database, or its pages or records don't fit together.
  case damaged(path: String, detail: String)
  /// It or its folder can't be written: permissions, a read-only file system.
  case unwritable(path: String, detail: String)
  /// A folder has its name.
  case folder(path: String)
  /// The disk has no room for what is to be written.
  case full(path: String)
  /// Another process kept it locked for longer than the seconds waited.
  case busy(path: String, seconds: Double)
  /// SQLite refused for another reason: its result code and message.
  case refused(path: String, code: Int, detail: String)
}
