import Diagnostics
import Experiment
import FoundationEssentials
import Records
import ResultStore

/// Measured costs in a store that is opened only where a plan depends on them, and made only where
/// there is something to keep.
final class StoreShelf {
  private let path: String
  /// What is wrong with the store.
  private(set) var warnings: [Diagnostic] = []

  init(_ path: String) { self.path = path }

  /// Where costs of a setup are kept.
  func shelf(_ setup: MachineSetup) -> CostShelf {
    CostShelf { [self] in
      attempt { () throws(StoreFault) in
        try Store(path: path, creating: false).operationCosts(in: setup)
      }
    } keep: { [self] costs in
      attempt { () throws(StoreFault) in
        try Store(path: path).keep(costs, in: setup, at: Date())
      }
    }
  }

  /// What the store says; nothing where it is absent or can't be used.
  private func attempt(
    _ question: () throws(StoreFault) -> [String: Double]
  ) -> [String: Double] {
    do throws(StoreFault) {
      return try question()
    } catch {
      if case .absent = error { return [:] }
      if warnings.isEmpty {
        warnings.append(
          Diagnostic(
            code: error.code, severity: .warning, message: error.message, source: "nbrun",
            notes: error.notes + ["measured costs are not kept"]))
      }
      return [:]
    }
  }
}
