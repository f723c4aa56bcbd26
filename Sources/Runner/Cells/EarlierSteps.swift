import Digests
import Experiment
import Foundation
import Training

/// The last states of training runs, kept so that a run of more steps can continue from there.
///
/// A state is as large as weights and optimizer state together. None above 256 MiB is kept, and of
/// all together 1 GiB: the ones that were used longest ago go first.
struct EarlierSteps {
  static let largest = 256 << 20
  static let most = 1 << 30

  let folder: String

  init(of project: Project) { folder = project.results + "/steps" }

  /// Where the state of a cell is kept; nil for one whose first steps depend on the number of all.
  func place(of cell: Cell, environment: String) -> SavedSteps? {
    cell.prefixKey.map { key in
      SavedSteps(
        path: "\(folder)/\(key.hex.prefix(32)).last", key: "\(key.hex);\(environment)")
    }
  }

  /// Removes the oldest states until the rest fits.
  func makeRoom() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var states = names.filter { $0.hasSuffix(".last") }.compactMap { name -> State? in
      let path = "\(folder)/\(name)"
      guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
        let size = facts[.size] as? Int, let date = facts[.modificationDate] as? Date
      else { return nil }
      return State(path: path, size: size, date: date)
    }
    states.sort { ($0.date, $0.path) < ($1.date, $1.path) }
    var total = states.map(\.size).reduce(0, +)
    for state in states where total > Self.most {
      try? FileManager.default.removeItem(atPath: state.path)
      total -= state.size
    }
  }

  private struct State {
    let path: String
    let size: Int
    let date: Date
  }
}
