import Diagnostics

/// Why a query has no result.
public enum QueryFault: Error, Equatable, Sendable {
  /// Nothing is asked.
  case empty
  /// It isn't SQL: SQLite's message, and the offset in bytes where it stopped.
  case invalid(message: String, offset: Int?)
  /// There is no such view.
  case unknownView(String, known: [String])
  /// No view that it reads has such a column; `isElsewhere` where it is known to a query of the
  /// whole project.
  case unknownColumn(String, offset: Int?, known: [String], isElsewhere: Bool)
  /// There is no such function.
  case unknownFunction(String)
  /// It uses something that queries can't: a statement that writes, a function, a table.
  case forbidden(String)
  /// It ran for longer than that many seconds.
  case tooSlow(seconds: Int)
  /// It needs more than that many bytes, or is too long or too deep to be read.
  case tooLarge(bytes: Int)
  /// A view that it reads holds rows of more than that many bytes.
  case tooManyRows(view: String, bytes: Int)
  /// It went wrong while it ran: SQLite's message.
  case failed(String)
  /// There is no store to be asked.
  case noStore(String)
}

extension QueryFault {
  /// The stable name of the fault in diagnostics and records.
  public var code: String {
    switch self {
    case .empty, .invalid, .unknownView, .unknownColumn, .unknownFunction: "invalid-query"
    case .forbidden: "forbidden-query"
    case .tooSlow, .tooLarge, .tooManyRows: "query-limit"
    case .failed: "query-failed"
    case .noStore: "no-store"
    }
  }

  /// What is wrong with the query, one sentence.
  public var message: String {
    switch self {
    case .empty: "the query is empty"
    case .invalid(let message, _): "the query is not SQL: \(message)"
    case .unknownView(let name, _): "no view is named '\(name)'"
    case .unknownColumn(let name, _, _, _): "no column is named '\(name)'"
    case .unknownFunction(let name): "queries have no function '\(name)'"
    case .forbidden(let what): "a query can't use \(what)"
    case .tooSlow(let seconds): "the query was stopped after \(seconds) s"
    case .tooLarge(let bytes): "the query needs more than \(bytes >> 20) MiB"
    case .tooManyRows(let view, let bytes):
      "the view '\(view)' holds more than the \(bytes >> 20) MiB that a query can read"
    case .failed(let message): "the query failed: \(message)"
    case .noStore(let reason): "there is no store to be asked: \(reason)"
    }
  }

  /// What to do about it, a line each.
  public var notes: [String] {
    switch self {
    case .empty:
      ["for example: SELECT cell, value FROM metric WHERE name = 'loss.last'"]
    case .unknownView(let name, let known):
      [Self.suggestion(name, known, called: "views")]
    case .unknownColumn(_, _, _, true):
      ["it is known with 'scope: project'"]
    case .unknownColumn(let name, _, let known, false):
      [Self.suggestion(name, known, called: "columns")]
        + (known.isEmpty ? [] : ["texts are in single quotes: 'loss'"])
    case .unknownFunction(let name):
      [Self.suggestion(name, QueryRules.functions.sorted(), called: "functions")]
    case .forbidden:
      [
        "a query is one SELECT over \(QueryScope.notebook.viewNames.joined(separator: ", "))"
          + " and, of a whole project, history"
      ]
    case .tooSlow, .tooLarge:
      ["join views on 'cell' (and 'step'), and select what you need before joining"]
    case .tooManyRows:
      [
        "a query in a notebook without 'scope: project' reads that notebook alone",
        "'nbrun export csv' and 'nbrun export json' write the records of notebooks of any size",
      ]
    case .noStore:
      ["run without --no-cache, or leave out 'scope: project'"]
    case .invalid, .failed: []
    }
  }

  /// Where in the query the fault is: the word it is about or the offset in bytes.
  public var place: (word: String?, offset: Int?) {
    switch self {
    case .invalid(_, let offset): (nil, offset)
    case .unknownView(let name, _), .unknownFunction(let name): (name, nil)
    case .unknownColumn(let name, let offset, _, _): (name, offset)
    default: (nil, nil)
    }
  }

  private static func suggestion(_ word: String, _ known: [String], called plural: String) -> String
  {
    nearestWord(to: word, in: known).map { "did you mean '\($0)'?" }
      ?? "\(plural): \(known.joined(separator: ", "))"
  }
}
