import Experiment
import Foundation
import NotebookSyntax
import Reporting

extension OpenNotebook {
  /// What is wrong with the figures that a cell's written output shows, in a sentence each.
  func figureFaults(of cell: String) -> [String] {
    let text = notebook.directive(cell)?.output?.bodyText ?? ""
    let folder = Project.folder(of: file.path)
    return text.matches(of: /\]\(([^()\s]+)\)/).compactMap { link in
      // As the region writes them: percent-encoded, from the notebook's folder on.
      guard let address = String(link.1).removingPercentEncoding,
        let name = address.split(separator: "/").last.map(String.init), name.isFigureName
      else { return nil }
      switch FigureFile(path: "\(folder)/\(address)").state {
      case .whole: return nil
      case .changed: return "its figure \(name) was changed; a run draws it again"
      case .gone: return "its figure \(name) is not there; a run draws it again"
      }
    }
  }

  /// The claims that don't hold in a cell's written output; none where it has no claims, or they are
  /// expected to fail.
  func failedClaims(of cell: String) -> [String] {
    guard let expected = plan.cell(cell), expected.kind == .expect,
      !expected.options.expectsError, let output = notebook.directive(cell)?.output
    else {
      return []
    }
    return RegionValues.failedClaims(output.bodyText)
  }
}
