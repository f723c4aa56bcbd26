public import Diagnostics
import NotebookSyntax
public import Reporting

/// What `git diff` shows of a notebook: the changes in what its author wrote, and the differences
/// of what it recorded.
public struct GitDiff: Sendable {
  /// The text.
  public let text: String
  /// What a reader should know besides.
  public let warnings: [Diagnostic]

  /// Compares two versions as git hands them over.
  ///
  /// A file without directives, or that can't be read as a notebook, is compared as text alone.
  /// - Parameters:
  ///   - path: the notebook's path in the repository.
  ///   - before: the file with the first version, `/dev/null` where there is none.
  ///   - after: the file with the second version, likewise.
  /// - Throws: `RunFault.unreadable`.
  public init(
    path: String, before: String, after: String, options: DiffOptions, storePath: String?
  ) throws(RunFault) {
    let old = try Version(before, path: path)
    let new = try Version(after, path: path)
    let lines = UnifiedDiff(from: old.lines, to: new.lines)
    var parts = ["diff --nbrun a/\(sanitizedForTerminal(path)) b/\(sanitizedForTerminal(path))\n"]
    parts.append(
      lines.text(
        before: old.isAbsent ? "/dev/null" : "a/\(path)",
        after: new.isAbsent ? "/dev/null" : "b/\(path)", usesColor: options.usesColor))
    warnings = []
    if old.isNotebook || new.isNotebook {
      let pair = DiffPair(before: old.operand, after: new.operand ?? .copy("/dev/null", of: path))
      do throws(RunFault) {
        let diff = try NotebookDiff([pair], bound: Tolerances.Bound(), storePath: storePath)
        var differences = diff.differences
        differences.sides = nil
        parts.append("\n" + differences.terminalText(options: options))
        parts += differences.notes.map { "note: \(sanitizedForTerminal($0))\n" }
      } catch {
        let reason = error.diagnostics.first.map { ": \($0.message)" } ?? ""
        parts.append("\nnot compared as a notebook\(sanitizedForTerminal(reason))\n")
      }
    }
    text = parts.joined()
  }

  /// One of the two versions.
  private struct Version {
    let isAbsent: Bool
    let isNotebook: Bool
    let lines: [UnifiedDiff.Line]
    let operand: DiffOperand?

    init(_ file: String, path: String) throws(RunFault) {
      isAbsent = file == "/dev/null"
      guard !isAbsent else {
        (isNotebook, lines, operand) = (false, [], nil)
        return
      }
      let bytes = try NotebookFile(name: file).bytes
      let notebook = Notebook(parsing: SourceText(name: path, bytes: bytes))
      isNotebook = !notebook.directives.isEmpty
      lines = notebook.authoredLines
      operand = .copy(file, of: path)
    }
  }
}

extension Notebook {
  /// The lines that the author wrote, with their numbers: without output regions, with values in
  /// prose left empty.
  var authoredLines: [UnifiedDiff.Line] {
    let written = regions.map(\.lines)
    var text = source.bytes
    for span in spans.reversed() { text.removeSubrange(span.contentRange) }
    let bare = SourceText(name: source.name, bytes: text)
    var region = written[...]
    return (1...max(1, bare.lineCount)).compactMap { number in
      while let first = region.first, first.upperBound < number { region.removeFirst() }
      if let first = region.first, first.contains(number) { return nil }
      if number == bare.lineCount, bare.lineRange(number).isEmpty { return nil }
      return UnifiedDiff.Line(number: number, text: bare.line(number))
    }
  }
}
