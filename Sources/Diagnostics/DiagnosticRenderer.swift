/// Prints diagnostics the way compilers do: place, fault, source line, caret, remedies.
///
///     file.md:12:1: error[unknown-key]: unknown key 'step' in a train directive
///       12 | step: 3
///          | ^~~~
///          = did you mean 'steps'?
public struct DiagnosticRenderer: Sendable {
  private let color: Bool

  /// Creates a renderer; `color` adds ANSI colours.
  public init(color: Bool) { self.color = color }

  /// The printed form, lines separated by LF, without a final one.
  public func render(_ diagnostic: Diagnostic) -> String {
    var lines = [headline(diagnostic)]
    let number = diagnostic.position.map { String($0.line) } ?? ""
    let width = max(4, number.count)
    let gutter = String(repeating: " ", count: width)
    if let excerpt = diagnostic.excerpt, let position = diagnostic.position {
      let numbered = String(repeating: " ", count: width - number.count) + number
      lines.append(paint("\(numbered) | ", .gutter) + printable(excerpt))
      lines.append(paint("\(gutter) | ", .gutter) + carets(diagnostic, excerpt, position))
    }
    for note in diagnostic.notes {
      lines.append(paint("\(gutter) = ", .gutter) + sanitizedForTerminal(note))
    }
    return lines.joined(separator: "\n")
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    var place = sanitizedForTerminal(diagnostic.source)
    if let position = diagnostic.position { place += ":\(position.line):\(position.column)" }
    let severity = diagnostic.severity.rawValue
    let code = sanitizedForTerminal(diagnostic.code)
    let label = paint("\(severity)[\(code)]", diagnostic.severity == .error ? .error : .warning)
    return "\(paint(place, .strong)): \(label): \(sanitizedForTerminal(diagnostic.message))"
  }

  private func carets(
    _ diagnostic: Diagnostic, _ excerpt: String, _ position: SourcePosition
  ) -> String {
    let before = max(0, position.column - diagnostic.excerptColumn)
    let marked = excerpt.dropFirst(before).prefix(diagnostic.length)
    let indent = displayWidth(printable(String(excerpt.prefix(before))))
    let run = max(1, displayWidth(printable(String(marked))))
    return String(repeating: " ", count: indent)
      + paint("^" + String(repeating: "~", count: run - 1), .error)
  }

  /// A source line as the terminal may have it: tabs as four spaces, the rest made safe.
  private func printable(_ line: String) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false)
      .map { sanitizedForTerminal(String($0)) }
      .joined(separator: "    ")
  }

  private enum Style: String {
    case strong = "1"
    case error = "1;31"
    case warning = "1;33"
    case gutter = "34"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
