import FoundationEssentials
import GRDB
import Glibc
import Records
import TestSupport
import Testing

@testable import ResultStore

@Suite("Opening a store")
struct OpeningTests {
  let folder: TemporaryDirectory
  let path: String

  init() throws {
    folder = try TemporaryDirectory()
    path = folder.path("nbrun.sqlite")
  }

  /// The fault of opening the store at `path`.
  private func fault(creating: Bool = true) -> StoreFault? {
    do {
      _ = try Store(path: path, creating: creating, patience: 0.2)
      return nil
    } catch {
      return error
    }
  }

  @Test("A missing store is made only when asked for")
  func absent() {
    #expect(fault(creating: false) == .absent(path: path))
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(fault() == nil)
    #expect(fault(creating: false) == nil)
  }

  @Test("An empty file becomes a store")
  func empty() throws {
    _ = try folder.write("nbrun.sqlite", "")
    #expect(fault() == nil)
  }

  @Test("A store of the first version keeps its records, under the identity that they had")
  func first() throws {
    let environment = #"{"numerics":"native","kernels":"avx2","blas":"X","threads":1,"engine":"1"}"#
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: Schema.version1)
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationIdentifier)")
      try db.execute(sql: "PRAGMA user_version = 1")
      try db.execute(
        sql: """
          INSERT INTO notebookRun (started, notebook, command, environment) VALUES (0, 'a', 'b', ?)
          """, arguments: [environment])
    }
    let run = try #require(try Store(path: path).runs().first)
    #expect(run.environment?.kernels == "avx2")
    #expect(run.environment?.identity == "native;avx2;1")
  }

  @Test("A store of a later version is left alone, and the fault says both versions")
  func newer() throws {
    _ = try Store(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(fault() == .newer(path: path, found: 99, known: Schema.current))
  }

  @Test("A database of another program is left alone")
  func foreign() throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE player (id INT)") }
    let before = try folder.bytes("nbrun.sqlite")
    #expect(fault() == .foreign(path: path))
    #expect(try folder.bytes("nbrun.sqlite") == before)
  }

  @Test("A file that is no database is a damaged store")
  func damaged() throws {
    _ = try folder.write("nbrun.sqlite", String(repeating: "not a database\n", count: 100))
    guard case .damaged = fault() else {
      Issue.record("expected damage, got \(String(describing: fault()))")
      return
    }
  }

  /// SQLite takes a file of one byte for an empty one, and misses a page only when it needs it.
  @Test("A store cut off at any length gives the right record, none if it is new, or is damaged")
  func truncated() throws {
    let store = try Store(path: path)
    try store.saveAlone(Samples.train())
    try store.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let whole = try folder.bytes("nbrun.sqlite")
    for length in [1, 50, 99, 100, 1000, 4096, 5000, 8192, whole.count / 2, whole.count - 1] {
      let cut = folder.path("cut-\(length).sqlite")
      _ = try folder.write("cut-\(length).sqlite", bytes: Array(whole.prefix(length)))
      do {
        let found = try Store(path: cut, patience: 0.2).latest(key: Samples.key)
        #expect(
          found == nil ? length == 1 : found == Samples.train(),
          "\(length) of \(whole.count) bytes give another record")
      } catch {
        #expect(error.code == "store-damaged", "\(length) bytes: \(error)")
      }
    }
  }

  @Test("A flipped byte never gives a wrong record: right, absent or a fault")
  func flippedBytes() throws {
    let store = try Store(path: path)
    try store.saveAlone(Samples.train())
    try store.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let whole = try folder.bytes("nbrun.sqlite")
    let seed = 20_261_120
    var generator = RepeatableGenerator(seed: seed)
    for _ in 0..<150 {
      var bytes = whole
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[index] ^= UInt8.random(in: 1...255, using: &generator)
      _ = try folder.write("flip.sqlite", bytes: bytes)
      for ending in ["-wal", "-shm"] { unlink(folder.path("flip.sqlite") + ending) }
      do {
        let flipped = try Store(path: folder.path("flip.sqlite"), patience: 0.2)
        let found = try flipped.record(
          key: Samples.key, environment: Samples.environment.identity)
        #expect(found == nil || found == Samples.train(), "seed \(seed), byte \(index)")
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test("A store that can't be written is read, with or without a writer's log beside it")
  func readOnly() throws {
    let path = folder.path("a%20b?c#é.sqlite")
    let record = Samples.train()
    let writer = try Store(path: path)
    try writer.saveAlone(record)
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    let beside = try Store(path: path, access: .readOnly, patience: 0.2)
    #expect(try beside.latest(key: record.key) == record)
    try beside.queue.close()
    try writer.queue.close()
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    let alone = try Store(path: path, access: .readOnly, patience: 0.2)
    #expect(try alone.latest(key: record.key) == record)
    #expect {
      try alone.saveAlone(record)
    } throws: { error in
      (error as? StoreFault)?.code == "store-unwritable"
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["a%20b?c#é.sqlite"])
  }

  @Test("A store of an older schema that can't be written is not read")
  func readOnlyOutdated() throws {
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: Schema.version1)
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationIdentifier)")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    #expect(throws: StoreFault.unwritable(path: path, detail: "an older nbrun made it")) {
      try Store(path: path, access: .readOnly, patience: 0.2)
    }
  }

  @Test("A folder in the store's place is an unwritable store")
  func folderInItsPlace() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(fault() == .folder(path: path))
  }

  @Test("A file where a folder should be is an unwritable store")
  func fileInTheWay() throws {
    _ = try folder.write("file", "x")
    #expect {
      _ = try Store(path: folder.path("file/nbrun.sqlite"))
    } throws: { error in
      (error as? StoreFault)?.code == "store-unwritable"
    }
  }

  @Test("A store that another connection keeps locked is busy, after the time given")
  func busy() throws {
    let store = try Store(path: path, patience: 0.2)
    let other = try DatabaseQueue(path: path)
    try other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      #expect(throws: StoreFault.busy(path: path, seconds: 0.2)) {
        try store.begin(Samples.run())
      }
      try db.execute(sql: "ROLLBACK")
    }
  }

  @Test("Many connections make one store at the same time and lose no record")
  func concurrentWriters() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for round in 0..<5 {
            let store = try Store(path: path, patience: 30)
            try store.saveAlone(
              Samples.train("cell-\(writer)-\(round)"), notebook: "notebooks/\(writer).md")
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try Store(path: path)
    let runs = try store.runs(limit: 100)
    let cells = try runs.flatMap { try store.records(run: $0.identifier).map(\.id) }
    #expect(Set(cells).count == 40)
    #expect(cells.count == 40)
  }
}
