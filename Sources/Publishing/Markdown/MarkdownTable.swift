/// A table of GitHub's Markdown, found in the lines of a paragraph: cmark knows no tables.
///
/// `libcmark-gfm` does, but it has the names of `libcmark`, so that a program can't have both, and
/// Debian's version lacks the fixes of its quadratic running times.
struct MarkdownTable {
  /// The lines before the header, which stay a paragraph.
  let leading: Int
  /// The columns' alignments: CSS classes.
  let alignments: [String]
  /// The header and the rows, each as long as there are columns; inline Markdown.
  let rows: [[String]]

  /// Reads the lines of a paragraph; nil where none of them is a rule below a header.
  init?(_ lines: [String]) {
    guard
      let rule = lines.indices.dropFirst().first(where: { index in
        guard lines[index].contains("-"), lines[index].contains("|") || lines[index].contains(":")
        else { return false }
        guard let alignments = Self.alignments(lines[index]) else { return false }
        return Self.cells(lines[index - 1]).count == alignments.count
      }), let alignments = Self.alignments(lines[rule])
    else { return nil }
    self.alignments = alignments
    leading = rule - 1
    rows = ([lines[rule - 1]] + lines[(rule + 1)...]).map { line in
      let cells = Self.cells(line).prefix(alignments.count)
      return cells + Array(repeating: "", count: alignments.count - cells.count)
    }
  }

  /// What a rule such as `| :--- | ---: |` says; nil for any other line.
  private static func alignments(_ line: String) -> [String]? {
    var alignments: [String] = []
    for cell in cells(line) {
      let isLeft = cell.hasPrefix(":")
      let isRight = cell.count > 1 && cell.hasSuffix(":")
      let dashes = cell.dropFirst(isLeft ? 1 : 0).dropLast(isRight ? 1 : 0)
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == "-" }) else { return nil }
      alignments.append(isRight ? isLeft ? "center" : "right" : "left")
    }
    return alignments
  }

  /// Cuts a line at bars that no backslash precedes; `\|` is a bar, in code as well.
  private static func cells(_ line: String) -> [String] {
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var isEscaped = false
    let scalars = line.unicodeScalars.drop(while: \.properties.isWhitespace)
    for scalar in scalars {
      if scalar == "|", isEscaped {
        cell.removeLast()
        cell.append(scalar)
      } else if scalar == "|" {
        cells.append(String(cell))
        cell = String.UnicodeScalarView()
      } else {
        cell.append(scalar)
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    if cells.first?.isEmpty == true, scalars.first == "|" { cells.removeFirst() }
    if !cell.allSatisfy(\.properties.isWhitespace) { cells.append(String(cell)) }
    return cells.map { $0.trimmed }
  }
}

extension StringProtocol {
  /// The text without white space at either end.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
