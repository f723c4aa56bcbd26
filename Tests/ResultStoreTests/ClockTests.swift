import FoundationEssentials
import Records
import TestSupport
import Testing

@testable import ResultStore

@Suite("A clock that goes backwards")
struct ClockTests {
  @Test("What was stored last is the newest, whatever its date")
  func order() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(path: folder.path("nbrun.sqlite"))
    let future = Samples.date + 400_000_000
    var ahead = Samples.run()
    ahead.started = future
    let first = try store.begin(ahead)
    try store.save(Samples.train(last: 9), run: first, at: future)
    try store.finish(first, at: future + 1)
    let second = try store.begin(Samples.run())
    try store.save(Samples.train(last: 1), run: second, at: Samples.date)
    // The clock was set back while it ran.
    try store.finish(second, at: Samples.date - 5)

    let identity = Samples.environment.identity
    let found = try #require(try store.record(key: Samples.key, environment: identity))
    #expect(found.metrics["loss"]?.last == 1)
    #expect(try store.latest(key: Samples.key) == found)
    #expect(try store.records(key: Samples.key) == [found])
    #expect(try store.latestRecord(cell: "gpt", notebook: "notebooks/a.md") == found)
    #expect(try store.runs().map(\.identifier) == [second, first])
    #expect(try store.entries().map(\.isSuperseded) == [false, true])
    let rows = try store.answer(
      ResultQuery("SELECT value FROM metric WHERE name = 'loss.last'", scope: .project)
    ).rows
    #expect(rows == [[.real(1)]])
    // What began in the future may be going on: it is left alone.
    try store.remove(try store.entries().map(\.identifier), runsBefore: Samples.date + 1)
    #expect(try store.runs().map(\.identifier) == [first])
  }
}
