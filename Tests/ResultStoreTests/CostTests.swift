import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import ResultStore

@Suite("Measured costs in the store")
struct CostTests {
  private let folder: TemporaryDirectory
  private let path: String
  private let setup = MachineSetup(processor: "Some CPU", kernels: "avx512", threads: 2)

  init() throws {
    folder = try TemporaryDirectory()
    path = folder.path("nbrun.sqlite")
  }

  /// Changes the store behind nbrun's back.
  private func change(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  @Test("What was kept first stays, and is found for its machine, kernels and threads alone")
  func kept() throws {
    let store = try Store(path: path)
    #expect(try store.operationCosts(in: setup).isEmpty)
    #expect(try store.keep(["a": 1, "b": 2], in: setup, at: Samples.date) == ["a": 1, "b": 2])
    let kept = try Store(path: path).keep(["b": 3, "c": 4], in: setup, at: Date())
    #expect(kept == ["a": 1, "b": 2, "c": 4])
    #expect(try store.operationCosts(in: setup) == kept)
    var others = [setup, setup, setup]
    others[0].processor = "Other CPU"
    others[1].kernels = "avx2"
    others[2].threads = 1
    for other in others { #expect(try store.operationCosts(in: other).isEmpty) }
    #expect(try store.operationCosts().map(\.operation) == ["a", "b", "c"])
    #expect(try store.operationCosts().first?.measured == Samples.date)
    #expect(try store.health().costs == [setup: 3])
  }

  @Test("What is forgotten is gone, and results stay")
  func forgotten() throws {
    let store = try Store(path: path)
    try store.saveAlone(Samples.train())
    _ = try store.keep(["a": 1, "b": 2], in: setup, at: Date())
    #expect(try store.forgetOperationCosts() == 2)
    #expect(try store.forgetOperationCosts() == 0)
    #expect(try store.operationCosts(in: setup).isEmpty)
    #expect(try store.entries().count == 1)
  }

  @Test("A store of version 6 gets the table and keeps its records")
  func migrated() throws {
    try Store(path: path).saveAlone(Samples.train())
    try change(
      """
      DROP TABLE operationCost;
      DROP TABLE recordFact;
      ALTER TABLE notebookRun DROP COLUMN removed;
      PRAGMA user_version = 6
      """)
    let store = try Store(path: path)
    #expect(try store.entries().count == 1)
    #expect(try store.keep(["a": 1], in: setup, at: Date()) == ["a": 1])
    #expect(try store.health().schema == Schema.current)
  }

  @Test(
    "Seconds that can't be those of an operation count as not measured, and are measured again",
    arguments: ["-1", "0", "1e300", "9e999", "-9e999"])
  func implausible(value: String) throws {
    let store = try Store(path: path)
    _ = try store.keep(["a": 1, "b": 2], in: setup, at: Date())
    try change("UPDATE operationCost SET seconds = \(value) WHERE operation = 'a'")
    #expect(try store.operationCosts(in: setup) == ["b": 2])
    #expect(try store.keep(["a": 3, "b": 4], in: setup, at: Date()) == ["a": 3, "b": 2])
  }

  @Test("Rows of other types are no reason to end: what can be read is used")
  func otherTypes() throws {
    let store = try Store(path: path)
    try change(
      """
      DROP TABLE operationCost;
      CREATE TABLE operationCost (
        processor, kernels, threads, operation, seconds, measured,
        PRIMARY KEY (processor, kernels, threads, operation));
      INSERT INTO operationCost VALUES
        ('Some CPU', 'avx512', 2, 'a', 'soon', 0), ('Some CPU', 'avx512', 2, x'00FF', 1, 0),
        ('Some CPU', 'avx512', 2, NULL, 1, 0), ('Some CPU', 'avx512', 2, 'b', NULL, 0),
        ('Some CPU', 'avx512', 2, 'c', 0.5, 1e300), (x'00', 'avx512', 'two', 'd', 1, 'now')
      """)
    #expect(try store.operationCosts(in: setup)["c"] == 0.5)
    #expect(try store.operationCosts(in: setup)["a"] == nil)
    #expect(throws: StoreFault.self) { try store.operationCosts() }
    let kept = try store.keep(["a": 1, "b": 2, "c": 3], in: setup, at: Date())
    #expect((kept["a"], kept["b"], kept["c"]) == (1, 2, 0.5))
    #expect(try store.health().costs[setup] != nil)
    #expect(try store.forgetOperationCosts() == 6)
  }
}
