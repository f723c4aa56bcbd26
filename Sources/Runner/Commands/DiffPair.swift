import FoundationEssentials
import ResultStore

/// Two sides that are compared.
public struct DiffPair: Sendable, Equatable {
  /// The first side; nil where there is nothing to compare with, so that all is new.
  public var before: DiffOperand?
  /// The second side.
  public var after: DiffOperand

  /// The pairs that a command line asks for: two operands, or one against the work tree, or the
  /// last commit of all notebooks against the work tree.
  ///
  /// - Throws: `RunFault`.
  public static func pairs(
    _ operands: [String], storePath: String?
  ) throws(RunFault) -> [DiffPair] {
    guard let first = operands.first else {
      return try TrackedNotebooks().paths.map { DiffPair(committed: $0, isOptional: true) }
        + DeletedNotebooks().paths.map {
          DiffPair(before: .revision("HEAD", path: "./\($0)", folder: "."), after: .absent($0))
        }
    }
    let before = try DiffOperand(first)
    if operands.count > 1 {
      return [DiffPair(before: before, after: try DiffOperand(operands[1]))]
    }
    switch before {
    case .file(let file), .copy(_, let file), .absent(let file):
      return [DiffPair(committed: file)]
    case .revision(_, let path, let folder):
      let file = try GitFile.workTreePath(path, folder: folder)
      return [DiffPair(before: before, after: .file(file))]
    case .run(let number):
      return [DiffPair(before: before, after: .file(try notebook(ofRun: number, storePath)))]
    }
  }

  init(before: DiffOperand?, after: DiffOperand) {
    self.before = before
    self.after = after
  }

  /// The last commit's version of a notebook against the one in the work tree.
  ///
  /// - Parameter isOptional: whether a notebook that the last commit lacks is all new, rather than
  ///   an error.
  init(committed file: String, isOptional: Bool = false) {
    let folder = Project.folder(of: file)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let place = folder.isEmpty ? "." : folder
    let exists =
      !isOptional || Git.output(["cat-file", "-e", "HEAD:./\(name)"], folder: place) != nil
    before = exists ? .revision("HEAD", path: "./\(name)", folder: place) : nil
    after = .file(file)
  }

  private static func notebook(
    ofRun number: Int64, _ storePath: String?
  ) throws(RunFault) -> String {
    let project = ProjectPath(nil).project
    let stored = try StoredResults(of: project, path: storePath)
    let run = try stored.ask { store throws(StoreFault) in try store.run(number) }
    guard let run = run ?? nil else { throw .unknownRun(number) }
    return project.root + "/" + run.notebook
  }
}
