import Records
import ResultStore

/// A cell's result in a comparison: its facts at once, and the rest of its record where it is asked
/// for.
struct CellResult {
  /// What it says in single values.
  let facts: RecordFacts
  private let source: Source

  private enum Source {
    case whole(Record)
    case stored(StoredEntry.Identifier, in: StoredResults)
  }

  /// A record at hand.
  init(_ record: Record) {
    facts = RecordFacts(record)
    source = .whole(record)
  }

  /// A record that the store holds.
  init(_ outcome: StoredOutcome, in results: StoredResults) {
    facts = outcome.facts
    source = .stored(outcome.identifier, in: results)
  }

  /// The whole record; nil where the store has lost it meanwhile.
  var record: Record? {
    switch source {
    case .whole(let record): record
    case .stored(let identifier, let results):
      (try? results.ask { store throws(StoreFault) in try store.record(identifier) }) ?? nil
    }
  }
}
