import Glibc
import NotebookSyntax

extension OpenNotebook {
  /// The figures that a cell's written output shows and that are not in their folder.
  func missingFigures(of cell: String) -> [String] {
    let text = notebook.directive(cell)?.output?.bodyText ?? ""
    let folder = project.figureFolder(ofNotebook: file.path)
    return text.matches(of: /\/([^\/()\s]+)\)/).map { String($0.1) }
      .filter { $0.isFigureName && access("\(folder)/\($0)", F_OK) != 0 }
  }
}
