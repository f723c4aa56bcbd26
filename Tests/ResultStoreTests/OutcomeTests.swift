import FoundationEssentials
import GRDB
import Glibc
import Records
import TestSupport
import Testing

@testable import ResultStore

@Suite("Facts of stored records")
struct OutcomeTests {
  let folder: TemporaryDirectory
  let path: String
  let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    path = folder.path("nbrun.sqlite")
    store = try Store(path: path)
  }

  private func facts(_ store: Store) throws -> RecordFacts? {
    try store.outcomes(keys: [String(Samples.key.prefix(8))]).first?.first?.facts
  }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  @Test(
    "The facts of a stored record are those of the record, whatever its numbers",
    arguments: [2.5, 0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, 0.1])
  func equal(last: Double) throws {
    let record = Samples.train(last: last)
    try store.saveAlone(record)
    #expect(try facts(store) == RecordFacts(record))
  }

  @Test("A loss that is not a number is one in the facts too, and they are not taken for damaged")
  func notANumber() throws {
    let record = Samples.train(last: .nan)
    try store.saveAlone(record)
    try change("UPDATE cellRecord SET record = '{}'")
    let values = try #require(try facts(store)).values
    #expect(values.map(\.name) == record.values.map(\.name))
    guard case .number(let last)? = values.first(where: { $0.name == "loss.last" })?.value else {
      Issue.record("no loss")
      return
    }
    #expect(last.isNaN)
  }

  @Test("A record without environment has facts without one, and a run those of its failures")
  func withoutEnvironment() throws {
    var record = Samples.train(status: .failed)
    record.environment = nil
    let run = try store.saveAlone(record)
    #expect(try facts(store) == nil)
    let outcomes = try store.outcomes(run: run)
    #expect(outcomes.map(\.cell) == ["gpt"])
    #expect(outcomes.first?.outcome.facts == RecordFacts(record))
    let identifier = try #require(outcomes.first?.outcome.identifier)
    #expect(try store.record(identifier) == record)
  }

  @Test(
    "Facts that are gone, changed or incomplete are read from the record",
    arguments: [
      "DELETE FROM recordFact", "DELETE FROM recordFact WHERE kind = 'checksum'",
      "DELETE FROM recordFact WHERE name = 'loss.last'",
      "UPDATE recordFact SET value = value + 1 WHERE kind = 'bytes'",
      "UPDATE recordFact SET value = 'x' WHERE kind = 'number'",
      "UPDATE recordFact SET name = name || 'x' WHERE kind = 'threads'",
      "UPDATE recordFact SET kind = 'count' WHERE kind = 'bytes'",
    ])
  func damaged(sql: String) throws {
    try store.saveAlone(Samples.train())
    try change(sql)
    #expect(try facts(store) == RecordFacts(Samples.train()))
    try change("UPDATE cellRecord SET record = '{}'")
    #expect(try facts(store) == nil)
  }

  @Test("A record goes with its facts")
  func removed() throws {
    try store.saveAlone(Samples.train())
    let entries = try store.entries().map(\.identifier)
    try store.remove(entries, runsBefore: .distantFuture)
    let left = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM recordFact")
    }
    #expect(left == 0)
  }

  @Test("A flipped byte never gives wrong facts: right, absent or a fault")
  func flippedBytes() throws {
    try store.saveAlone(Samples.train())
    try store.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let whole = try folder.bytes("nbrun.sqlite")
    let seed = 20_261_121
    var generator = RepeatableGenerator(seed: seed)
    for _ in 0..<150 {
      var bytes = whole
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[index] ^= UInt8.random(in: 1...255, using: &generator)
      _ = try folder.write("flip.sqlite", bytes: bytes)
      for ending in ["-wal", "-shm"] { unlink(folder.path("flip.sqlite") + ending) }
      do {
        let flipped = try Store(path: folder.path("flip.sqlite"), patience: 0.2)
        let found = try flipped.outcomes(keys: [Samples.key])[0]
        #expect(
          found.allSatisfy { $0.facts == RecordFacts(Samples.train()) },
          "seed \(seed), byte \(index)")
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test("A store of version 7 gets the table, and facts of its records all the same")
  func migrated() throws {
    try store.saveAlone(Samples.train())
    try change(
      "DROP TABLE recordFact; ALTER TABLE notebookRun DROP COLUMN removed; PRAGMA user_version = 7")
    #expect(try facts(try Store(path: path)) == RecordFacts(Samples.train()))
  }
}
