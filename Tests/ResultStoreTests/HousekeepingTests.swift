import FoundationEssentials
import GRDB
import Records
import TestSupport
import Testing

@testable import ResultStore

@Suite("Housekeeping of a store")
struct HousekeepingTests {
  let folder: TemporaryDirectory
  let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    store = try Store(path: folder.path("nbrun.sqlite"))
  }

  private func save(_ records: [Store.Record], notebook: String = "a.md") throws -> Run.Identifier {
    let run = try store.begin(Samples.run(notebook))
    for record in records {
      try store.save(
        record, run: run, keyParts: [KeyPart(name: "kind", value: "train")], at: Samples.date)
    }
    try store.finish(run, at: Samples.date)
    return run
  }

  @Test("Entries tell who had them last, and which ones a later one took the place of")
  func entries() throws {
    let other = String(repeating: "ab", count: 32)
    _ = try save([Samples.train(), Samples.train("failing", key: other, status: .failed)])
    _ = try save([Samples.train(last: 1)], notebook: "b.md")
    let entries = try store.entries()
    #expect(entries.map(\.isSuperseded) == [false, false, true])
    #expect(entries.map(\.isFailure) == [false, true, false])
    #expect(entries.map(\.notebook) == ["b.md", "a.md", "a.md"])
    #expect(entries.map(\.cell) == ["gpt", "failing", "gpt"])
    #expect(entries.allSatisfy { $0.bytes > 100 && $0.created == Samples.date })
  }

  @Test("A failure never takes the place of a success")
  func failures() throws {
    _ = try save([Samples.train()])
    _ = try save([Samples.train(status: .failed)])
    #expect(try store.entries().map(\.isSuperseded) == [false, false])
  }

  @Test("Removing an entry removes all that belongs to it, its run too, and nothing else")
  func removal() throws {
    let other = String(repeating: "ab", count: 32)
    let run = try save([Samples.train()])
    let kept = try save([Samples.train("b", key: other)], notebook: "b.md")
    let entry = try #require(try store.entries().last)
    try store.remove([entry.identifier], runsBefore: Samples.date)
    #expect(try store.run(run) != nil, "it began too late to be known to have ended")
    try store.remove([], runsBefore: Samples.date + 1)
    #expect(try store.run(run) == nil)
    #expect(try store.record(key: Samples.key, environment: Samples.environment.identity) == nil)
    #expect(try store.keyParts(key: Samples.key).isEmpty)
    #expect(try store.records(run: kept).count == 1)
    #expect(try store.keyParts(key: other).count == 1)
    let left = try store.read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM metricValue WHERE record NOT IN (SELECT id FROM cellRecord)")
    }
    #expect(left == 0)
    store.shrink()
    #expect(try store.health().complaints.isEmpty)
  }

  @Test("A record whose bytes changed is told apart from whole ones")
  func damage() throws {
    _ = try save([Samples.train(), Samples.train("b", key: String(repeating: "ab", count: 32))])
    #expect(try store.damagedEntries().isEmpty)
    try store.write { db in
      try db.execute(sql: "UPDATE cellRecord SET record = replace(record, '4', '5') WHERE id = 1")
    }
    #expect(try store.damagedEntries() == [1])
  }

  @Test("A run's machine and the digest of what was not committed come back")
  func machine() throws {
    var run = Samples.run()
    run.gitDiff = "0123456789abcdef"
    run.machine = RunMachine(
      processor: nil, cores: 2, system: "Linux 6", release: "0.1.0", sqlite: "3.40")
    let identifier = try store.begin(run)
    let found = try #require(try store.run(identifier))
    #expect(found.machine == run.machine)
    #expect(found.gitDiff == run.gitDiff)
  }

  @Test("The last use of a cell tells its run, and whether a stored result served")
  func lastUse() throws {
    _ = try save([Samples.train()])
    let run = try store.begin(Samples.run("a.md"))
    try store.reuse([Samples.train()], run: run)
    let use = try #require(try store.lastUse(cell: "gpt", notebook: "a.md"))
    #expect(use == (run, true))
    #expect(try store.lastUse(cell: "gpt", notebook: "c.md") == nil)
  }
}
