import Diagnostics
import NotebookSyntax

/// A notebook of a test, called `n.md`.
func notebook(_ text: String) -> Notebook {
  Notebook(parsing: SourceText(name: "n.md", text: text))
}

/// Text of bytes.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension Notebook {
  /// The notebook that results from an update, as text.
  func applied(_ outputs: [RegionUpdate], spans: [String: String] = [:]) -> String {
    text(applying(outputs: outputs, spans: spans))
  }

  /// The codes of the diagnostics.
  var codes: [String] { diagnostics.map(\.code) }

  /// The diagnostics as printed.
  var printed: String {
    diagnostics.map { DiagnosticRenderer(color: false).render($0) }.joined(separator: "\n")
  }
}

/// An update of an `out` region.
func output(_ id: String, _ body: String?) -> RegionUpdate {
  RegionUpdate(id: id, kind: .out, key: "3f2a9c1e77", body: body)
}
