import Diagnostics
import NotebookSyntax

extension RunReport {
  /// The line of each cell's fence in the notebook as the run left it: outputs that were written
  /// above a cell moved it down.
  public func lines(in notebook: NotebookInput) -> [String: Int] {
    var lines = Dictionary(cells.map { ($0.id, $0.line) }) { first, _ in first }
    guard wroteNotebook, let file = try? notebook.read() else { return lines }
    let written = Notebook(parsing: SourceText(name: file.name, bytes: file.bytes))
    for directive in written.directives { lines[directive.id] = directive.fenceLines.lowerBound }
    for cell in cells where cell.id.hasSuffix("]") {
      lines[cell.id] = cell.id.firstIndex(of: "[").flatMap { lines[String(cell.id[..<$0])] }
    }
    return lines
  }
}
