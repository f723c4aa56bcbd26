import Diagnostics

extension CSVFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .empty, .noRows: "empty"
    case .invalidUTF8: "invalid-utf8"
    case .unterminatedQuote, .textAfterQuote, .strayQuote: "malformed-quote"
    case .ragged: "ragged-row"
    case .repeatedColumn: "repeated-column"
    case .unknownColumn: "unknown-column"
    case .unknownClass: "unknown-class"
    case .otherKind: "wrong-type"
    case .notNumber, .notInteger: "not-a-number"
    case .beyondFloat: "out-of-range"
    case .missing: "missing-value"
    }
  }

  /// Where in the file.
  public var place: String? {
    switch self {
    case .empty, .noRows, .unknownColumn, .unknownClass, .otherKind: nil
    case .ragged(let line, _, _): "line \(line)"
    case .invalidUTF8(let place), .unterminatedQuote(let place), .textAfterQuote(let place),
      .strayQuote(let place), .repeatedColumn(_, let place), .notNumber(_, _, let place),
      .beyondFloat(_, _, let place), .notInteger(_, _, let place), .missing(_, let place):
      "line \(place.line), column \(place.column)"
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .empty: "the file is empty"
    case .noRows: "there are no rows below the header"
    case .invalidUTF8: "the bytes are not valid UTF-8"
    case .unterminatedQuote: "the quote is never closed"
    case .textAfterQuote: "text follows the closing quote"
    case .strayQuote: "a quote inside a field that does not begin with one"
    case .ragged(_, let found, let expected):
      "the row has \(found) fields, but the first line \(expected)"
    case .repeatedColumn(let name, _): "the column '\(name)' is there twice"
    case .unknownColumn(let name, _): "there is no column '\(name)'"
    case .unknownClass(let name, let column, _):
      "\(shown(name)) in column '\(column)' is no class that was trained"
    case .otherKind(let column, let trained):
      "column '\(column)' was a \(trained.rawValue) in training, and is none here"
    case .notNumber(let text, let column, _): "\(shown(text)) in column '\(column)' is no number"
    case .beyondFloat(let text, let column, _):
      "\(shown(text)) in column '\(column)' is beyond the numbers of f32"
    case .notInteger(let text, let column, _):
      "\(shown(text)) in column '\(column)' is no whole number"
    case .missing(let column, _): "column '\(column)' has no value"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .invalidUTF8: ["save the file as UTF-8"]
    case .textAfterQuote, .strayQuote, .unterminatedQuote:
      ["put the whole field in quotes, and write a quote inside as '\"\"'"]
    case .ragged: ["a field with a comma needs quotes; another separator needs 'delimiter:'"]
    case .unknownColumn(let name, let known):
      nearestWord(to: name, in: known).map { ["did you mean '\($0)'?"] }
        ?? ["columns: \(known.prefix(24).joined(separator: ", "))"]
    case .unknownClass(_, _, let known): ["classes: \(known.prefix(24).joined(separator: ", "))"]
    case .otherKind(_, let trained): ["declare it as a '\(trained.rawValue)'"]
    case .notNumber: ["make the column a 'category', or correct the value"]
    case .notInteger: ["make the column a 'number' or a 'category', or correct the value"]
    case .missing: ["fill it in, or say what to do: 'missing: drop' or 'missing: mean'"]
    case .beyondFloat: ["numbers go up to 3.4e38: take another unit, or correct the value"]
    case .empty, .noRows, .repeatedColumn: []
    }
  }
}

/// A field's text in quotes, shortened if it is very long.
private func shown(_ text: String) -> String {
  text.utf8.count <= 80 ? "'\(text)'" : "'\(text.prefix(40))…'"
}
