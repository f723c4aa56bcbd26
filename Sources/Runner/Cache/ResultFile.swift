import Digests
import Foundation
import Glibc
import Training

/// A file of a project's results besides the store.
struct ResultFile {
  /// What it holds.
  enum Kind: String {
    case weights
    case step = "saved step"
    /// The end of a run, from which one with more steps goes on.
    case state = "earlier step"
    case figure
    /// What a killed process left behind.
    case leftover = "left-over"
  }

  let kind: Kind
  let path: String
  let bytes: Int
  let modified: Date

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The first digits of the key of weights and saved steps.
  var keyBeginning: Substring { name.prefix { $0.isHexDigit } }

  /// Whether its bytes are those that it was written with.
  var isWhole: Bool {
    switch kind {
    case .weights, .step, .state:
      guard let key = SavedSteps.key(ofFileAt: path) else { return false }
      return !keyBeginning.isEmpty && key.hasPrefix(keyBeginning)
    case .figure: return FigureFile(path: path).state == .whole
    case .leftover: return true
    }
  }

  /// The files of a project's results, in the order of their paths.
  static func all(of project: Project) -> [ResultFile] {
    files(in: project.results + "/weights", .weights, ending: ".weights")
      + files(in: project.results + "/steps", .step, ending: ".step")
      + files(in: project.results + "/steps", .state, ending: ".last") + figures(of: project)
  }

  private static func figures(of project: Project) -> [ResultFile] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: project.results)) ?? []
    return folders.sorted().filter { !["weights", "steps", "locks", "corrected"].contains($0) }
      .flatMap { files(in: "\(project.results)/\($0)", .figure, ending: ".svg") }
      .filter { $0.kind == .leftover || $0.name.isFigureName }
  }

  private static func files(in folder: String, _ kind: Kind, ending: String) -> [ResultFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { name in
      let path = "\(folder)/\(name)"
      let isLeftover = name.hasSuffix(ending + ".new") || Leftovers.owner(of: name) != nil
      guard name.hasSuffix(ending) || isLeftover else { return nil }
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      let seconds = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
      return ResultFile(
        kind: isLeftover ? .leftover : kind, path: path, bytes: Int(status.st_size),
        modified: Date(timeIntervalSince1970: seconds))
    }
  }
}
