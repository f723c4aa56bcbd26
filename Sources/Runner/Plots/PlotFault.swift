import Diagnostics
import Records

/// Why there is no plot.
enum PlotFault: Error, Equatable {
  /// The query gives no such column.
  case noColumn(String, known: [String])
  /// No cell records or is told anything of that name.
  case noValue(String, known: [String])
  /// A query of fewer than two columns.
  case tooFewColumns(Int)
  /// Names where numbers are needed.
  case notNumbers(String, found: String)
  /// More series than can be told apart.
  case tooManySeries(Int, most: Int)

  var message: String {
    switch self {
    case .noColumn(let name, _): "the query has no column '\(name)'"
    case .noValue(let name, _): "no plotted cell has a value '\(name)'"
    case .tooFewColumns(let count): "a plot needs two columns, the query has \(count)"
    case .notNumbers(let axis, let found):
      "the values of '\(axis)' have to be numbers, found '\(found)'"
    case .tooManySeries(let count, let most): "\(count) series, more than \(most)"
    }
  }

  var notes: [String] {
    switch self {
    case .noColumn(let name, let known): Self.suggestion(name, known, called: "columns")
    case .noValue(let name, let known): Self.suggestion(name, known, called: "values")
    case .tooFewColumns: ["select what is along x, then what is along y"]
    case .notNumbers: ["names can be along x, in 'kind: bar', or make series"]
    case .tooManySeries: ["select fewer, or group them by another column"]
    }
  }

  private static func suggestion(
    _ word: String, _ known: [String], called plural: String
  ) -> [String] {
    if let near = nearestWord(to: word, in: known) { return ["did you mean '\(near)'?"] }
    let shown = known.prefix(24).joined(separator: ", ")
    return known.isEmpty ? [] : ["\(plural): \(shown)\(known.count > 24 ? ", …" : "")"]
  }
}

extension FailureRecord {
  init(_ fault: PlotFault) {
    self.init(code: "invalid-plot", message: fault.message, notes: fault.notes)
  }
}
