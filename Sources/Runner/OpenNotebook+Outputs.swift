import Experiment
import Foundation
import NotebookSyntax
import Reporting

extension OpenNotebook {
  /// The figures that a cell's written output shows and that are not where it says.
  func missingFigures(of cell: String) -> [String] {
    let text = notebook.directive(cell)?.output?.bodyText ?? ""
    let folder = Project.folder(of: file.path)
    return text.matches(of: /\]\(([^()\s]+)\)/).compactMap { link in
      // As the region writes them: percent-encoded, from the notebook's folder on.
      guard let address = String(link.1).removingPercentEncoding,
        let name = address.split(separator: "/").last.map(String.init), name.isFigureName,
        access("\(folder)/\(address)", F_OK) != 0
      else { return nil }
      return name
    }
  }

  /// The claims that don't hold in a cell's written output; none where it has no claims.
  func failedClaims(of cell: String) -> [String] {
    guard plan.cell(cell)?.kind == .expect, let output = notebook.directive(cell)?.output else {
      return []
    }
    return RegionValues.failedClaims(output.bodyText)
  }
}
