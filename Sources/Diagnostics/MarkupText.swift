/// A text as it stands in HTML and XML, between tags and in attributes within double quotes: what
/// means something there becomes a reference.
///
/// Control characters stay as they are; XML holds most of them in no way.
///
/// - Parameter apostrophes: whether they become references too, for attributes in single quotes.
public func escapedForMarkup(_ text: String, apostrophes: Bool = false) -> String {
  replacingScalars(of: text) { scalar in
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'" where apostrophes: "&#39;"
    default: nil
    }
  }
}
