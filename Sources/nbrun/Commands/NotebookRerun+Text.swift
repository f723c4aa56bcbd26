import Reporting
import Runner

extension NotebookRerun {
  /// How each cell was compared, what differs, and the corrected lines.
  func text(usesColor: Bool) -> String {
    var lines = bases.map { cell, basis in
      "\(file): \(cell): compared \(basis.measure.rawValue): \(basis.reason)"
    }
    if let recordedThreads {
      lines.append("\(file): run with \(recordedThreads) threads, as recorded")
    }
    var text = lines.map { $0 + "\n" }.joined()
    if differences.hasDifferences {
      text += "\n" + differences.terminalText(options: DiffOptions(usesColor: usesColor))
    }
    if let corrected {
      text +=
        "\n"
        + corrected.lines.text(
          before: file, after: corrected.fileName, usesColor: usesColor)
      text += "\nwrote \(corrected.fileName); to accept it: nbrun promote \(file)\n\n"
    }
    return text
  }
}
