import Diagnostics
import Records
import ResultStore

/// A store as commands read it: one that is absent holds nothing.
public struct StoredResults: Sendable {
  let store: Store?

  /// Opens the store of a project, or the one that was named.
  ///
  /// - Throws: `RunFault.store` for one that is there and can't be read.
  init(of project: Project, path: String?) throws(RunFault) {
    do throws(StoreFault) {
      store = try Store(path: path ?? project.storePath, creating: false)
    } catch {
      guard case .absent = error else { throw RunFault(error) }
      store = nil
    }
  }

  /// Uses no store.
  init() { store = nil }

  /// Asks the store; without one the answer is nil.
  func ask<Value>(
    _ question: (Store) throws(StoreFault) -> Value
  ) throws(RunFault) -> Value? {
    guard let store else { return nil }
    do throws(StoreFault) {
      return try question(store)
    } catch {
      throw RunFault(error)
    }
  }

  /// The results for a key or its first digits: the newest of each numeric environment.
  func records(key: String) throws(RunFault) -> [Record] {
    try ask { store throws(StoreFault) in try store.records(key: key) } ?? []
  }

  /// The same as a comparison needs them, of several keys at once.
  func outcomes(keys: [String]) throws(RunFault) -> [[CellResult]] {
    let found = try ask { store throws(StoreFault) in try store.outcomes(keys: keys) }
    return (found ?? keys.map { _ in [] }).map { $0.map { CellResult($0, in: self) } }
  }

  /// What a key is made of; empty where the store doesn't know it.
  func keyParts(key: String) throws(RunFault) -> [(name: String, value: String)] {
    let parts = try ask { store throws(StoreFault) in try store.keyParts(key: key) } ?? []
    return parts.map { ($0.name, $0.value) }
  }
}

extension RunFault {
  /// A store's fault, where reading the store is the command's work.
  init(_ fault: StoreFault) { self = .store(message: fault.message, notes: fault.notes) }
}
