import FoundationEssentials
import GRDB
import Records
import TestSupport
import Testing

@testable import ResultStore

@Suite("The store")
struct StoreTests {
  let folder: TemporaryDirectory
  let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    store = try Store(path: folder.path("results/nbrun.sqlite"))
  }

  @Test("A saved record comes back equal, whatever its numbers")
  func roundTrip() throws {
    var record = Samples.train(last: 0.1 + 0.2)
    record.metrics["odd"] = MetricSeries(points: [
      .init(step: 1, value: .leastNonzeroMagnitude), .init(step: 2, value: -.infinity),
      .init(step: 3, value: Double(Float.pi)),
    ])
    try store.saveAlone(record)
    let found = try store.record(key: record.key, environment: Samples.environment.identity)
    #expect(found == record)
  }

  @Test("A plan comes back with each policy's own timeline")
  func plans() throws {
    let memory = try #require(Samples.train().memory)
    var other = memory
    other.timeline.removeFirst()
    let rows = [("none", memory), ("sqrt", other)].map { policy, memory in
      PlanSummary.Row(
        policy: policy, memory: memory,
        recompute: RecomputeRecord(operations: 3, flopsFraction: 0.25))
    }
    let record = Records.Record(
      id: "p", kind: .plan, status: .ok, key: Samples.key,
      output: .plan(PlanSummary(rows: rows)))
    try store.saveAlone(record)
    #expect(try store.record(key: Samples.key, environment: "") == record)
  }

  @Test("Series cut off anywhere, or with something behind, are damage")
  func damagedSeries() throws {
    let whole = try StoredRecord(Samples.train())
    #expect(try whole.record() == Samples.train())
    for length in 0..<whole.series.count {
      let cut = StoredRecord(text: whole.text, series: Array(whole.series.prefix(length)))
      #expect(throws: SeriesBytes.Damage.self) { try cut.record() }
    }
    let longer = StoredRecord(text: whole.text, series: whole.series + [0])
    #expect(throws: SeriesBytes.Damage.self) { try longer.record() }
  }

  @Test("A loss that is not a number is stored and comes back as one")
  func notANumber() throws {
    try store.saveAlone(Samples.train(last: .nan))
    let found = try store.record(key: Samples.key, environment: Samples.environment.identity)
    #expect(found?.metrics["loss"]?.last?.isNaN == true)
  }

  @Test("A failed record never satisfies a key, and is shown as the latest")
  func failures() throws {
    try store.saveAlone(Samples.train(status: .failed))
    let identity = Samples.environment.identity
    #expect(try store.record(key: Samples.key, environment: identity) == nil)
    #expect(try store.latest(key: Samples.key) == nil)
    let shown = try store.latestRecord(cell: "gpt", notebook: "notebooks/a.md")
    #expect(shown?.status == .failed)
  }

  @Test("A failure does not hide an earlier success")
  func failureAfterSuccess() throws {
    try store.saveAlone(Samples.train())
    try store.saveAlone(Samples.train(status: .failed))
    let found = try store.record(key: Samples.key, environment: Samples.environment.identity)
    #expect(found == Samples.train())
  }

  @Test("A record of another numeric environment does not satisfy a key, but can be found")
  func environments() throws {
    try store.saveAlone(Samples.train())
    #expect(try store.record(key: Samples.key, environment: "portable;avx2;Haswell") == nil)
    #expect(try store.record(key: Samples.key, environment: "") == nil)
    #expect(try store.latest(key: Samples.key) == Samples.train())
  }

  @Test("The first digits of a key find its record and its parts")
  func prefixes() throws {
    let run = try store.begin(Samples.run())
    let parts = [KeyPart(name: "kind", value: "train"), KeyPart(name: "body", value: "steps: 2")]
    try store.save(Samples.train(), run: run, keyParts: parts, at: Samples.date)
    #expect(try store.latest(key: String(Samples.key.prefix(8))) == Samples.train())
    #expect(try store.keyParts(key: String(Samples.key.prefix(8))) == parts)
    #expect(try store.keyParts(key: "ffffffff").isEmpty)
  }

  @Test("The newest of several records of a key is found, and older runs keep theirs")
  func newest() throws {
    let first = try store.saveAlone(Samples.train(last: 3))
    try store.saveAlone(Samples.train(last: 2))
    let found = try store.record(key: Samples.key, environment: Samples.environment.identity)
    #expect(found?.metrics["loss"]?.last == 2)
    #expect(try store.records(run: first).first?.metrics["loss"]?.last == 3)
  }

  @Test("A reused record belongs to the later run too, under that run's identifier")
  func reuse() throws {
    try store.saveAlone(Samples.train("gpt"))
    let run = try store.begin(Samples.run("notebooks/b.md"))
    try store.reuse([Samples.train("other")], run: run)
    #expect(try store.records(run: run) == [Samples.train("other")])
    let latest = try store.latestRecord(cell: "other", notebook: "notebooks/b.md")
    #expect(latest == Samples.train("other"))
  }

  @Test("Runs come latest first, with all that was noted")
  func runs() throws {
    let first = try store.begin(Samples.run())
    try store.finish(first, at: Samples.date.addingTimeInterval(2))
    let second = try store.begin(
      Run(notebook: "b.md", command: "nbrun b.md", started: Samples.date))
    let runs = try store.runs(limit: 5)
    #expect(runs.map(\.identifier) == [second, first])
    var expected = Samples.run()
    expected.identifier = first
    expected.finished = Samples.date.addingTimeInterval(2)
    #expect(runs.last == expected)
    #expect(try store.runs(limit: 5, notebook: "b.md").map(\.identifier) == [second])
    #expect(try store.run(first) == expected)
    #expect(try store.run(99) == nil)
  }

  @Test("The views show each notebook's cells as their latest run left them")
  func views() throws {
    try store.saveAlone(Samples.train(last: 3))
    try store.saveAlone(Samples.train(last: 2))
    let rows = try store.queue.read { db in
      try [
        "SELECT cell || ' ' || step || ' ' || value FROM metric WHERE name = 'loss'",
        "SELECT cell || ' ' || value FROM metric WHERE name = 'recompute.operations'",
        "SELECT notebook || ' ' || bytes FROM memory WHERE name = 'peak'",
        "SELECT name || ' ' || seconds FROM timing WHERE name = 'step_median'",
        "SELECT run || ' ' || kind || ' ' || status FROM cell",
        "SELECT count(*) || '' FROM history",
        "SELECT started || ' ' || kernels || ' ' || threads FROM run LIMIT 1",
      ].map { try String.fetchAll(db, sql: $0) }
    }
    #expect(
      rows == [
        ["gpt 1 5.5", "gpt 2 2.0"], [], ["notebooks/a.md 4096"], ["step_median 0.25"],
        ["2 train ok"], ["2"], ["2023-11-14T22:13:20.125Z avx512 2"],
      ])
  }

  @Test("Before a transaction ends, a copy of the files holds nothing of it")
  func killedInsideATransaction() throws {
    try store.saveAlone(Samples.train())
    let copy = folder.path("copy.sqlite")
    struct Killed: Error {}
    _ = try? store.queue.write { db in
      try db.execute(
        sql: "INSERT INTO notebookRun (started, notebook, command) VALUES (0, 'x', 'y')")
      for ending in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: store.path + ending, toPath: copy + ending)
      }
      throw Killed()
    }
    let survivor = try Store(path: copy)
    #expect(try survivor.runs(limit: 5).count == 1)
    #expect(try survivor.latest(key: Samples.key) == Samples.train())
  }
}
