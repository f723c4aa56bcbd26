import Records

/// Why two runs differ in memory: something that one of them holds and the other does not, or holds
/// in another size.
public struct MemoryCause: Sendable, Equatable {
  /// The cell.
  public var cell: String
  /// What happened to it.
  public var change: Change
  /// The tensor or layer; the numbers of repeated blocks are `*`.
  public var name: String
  /// How many tensors or layers the name stands for.
  public var count: Int
  /// Its bytes in memory on the first side, all of them together; those on disk of what waits there
  /// on one side and nowhere on the other.
  public var before: Int
  /// Its bytes on the second side.
  public var after: Int
  /// What decided it, `checkpoint none → sqrt`; empty where the inputs tell.
  public var reason: String

  /// What can happen to a part of memory.
  public enum Change: String, Sendable {
    /// A forward value waits for the backward pass, and did not before.
    case kept = "now kept"
    /// A forward value no longer waits: it is computed again, or is gone.
    case dropped = "no longer kept"
    /// It is kept on both sides.
    case resized = "other size"
    /// It waits on disk now, and waited in memory.
    case movedToDisk = "kept → on disk"
    /// It waits in memory now, and waited on disk.
    case movedFromDisk = "on disk → kept"
    /// It waits on disk now, and did not wait at all.
    case keptOnDisk = "now on disk"
    /// It waited on disk, and no longer waits at all.
    case droppedFromDisk = "no longer on disk"
    /// A layer's parameters.
    case parameters
    /// Scratch space of the operation at the peak.
    case workspace
  }
}

extension MemoryCause {
  /// What makes the difference between two footprints, in the order of the model.
  public static func causes(
    of cell: String, from before: MemoryFootprint, to after: MemoryFootprint
  ) -> [MemoryCause] {
    let policies = change("checkpoint", before.policy, after.policy)
    var causes: [MemoryCause] = []
    if let old = before.tensors, let new = after.tensors {
      causes += waits(
        Waits(kept: old, onDisk: before.onDisk ?? []),
        Waits(kept: new, onDisk: after.onDisk ?? []))
    } else {
      causes += waits(Waits(layers: before.layers), Waits(layers: after.layers))
    }
    for index in causes.indices { causes[index].reason = policies }
    causes += parameters(before, after)
    if before.workspace != after.workspace {
      causes.append(
        MemoryCause(
          change: .workspace, name: "scratch space", before: before.workspace,
          after: after.workspace,
          reason: change(
            "threads", before.threads.map(String.init), after.threads.map(String.init))))
    }
    return folded(causes.map { $0.of(cell) })
  }

  init(change: Change, name: String, before: Int, after: Int, reason: String = "") {
    self.init(
      cell: "", change: change, name: name, count: 1, before: before, after: after, reason: reason)
  }

  private func of(_ cell: String) -> MemoryCause {
    var cause = self
    cause.cell = cell
    return cause
  }

  private static func change(_ name: String, _ old: String?, _ new: String?) -> String {
    guard let old, let new, old != new else { return "" }
    return "\(name) \(old) → \(new)"
  }

  private static func parameters(
    _ before: MemoryFootprint, _ after: MemoryFootprint
  ) -> [MemoryCause] {
    paired(
      before.layers.map { ($0.layer, $0.parameters) },
      after.layers.map { ($0.layer, $0.parameters) }
    ).map { name, old, new in
      MemoryCause(change: .parameters, name: name, before: old, after: new)
    }
  }

  /// The names whose bytes differ, those of the first side first.
  static func paired(
    _ old: [(String, Int)], _ new: [(String, Int)]
  ) -> [(String, Int, Int)] {
    let before = Dictionary(old, uniquingKeysWith: +)
    let after = Dictionary(new, uniquingKeysWith: +)
    var seen: Set<String> = []
    return (old + new).compactMap { name, _ in
      guard seen.insert(name).inserted else { return nil }
      let (a, b) = (before[name] ?? 0, after[name] ?? 0)
      return a == b ? nil : (name, a, b)
    }
  }

  /// Causes that differ in a repeat's number alone become one with a count.
  private static func folded(_ causes: [MemoryCause]) -> [MemoryCause] {
    var folded: [MemoryCause] = []
    var places: [[String]: Int] = [:]
    for var cause in causes {
      cause.name = cause.name.split(separator: ".", omittingEmptySubsequences: false)
        .map { Int($0) == nil ? String($0) : "*" }.joined(separator: ".")
      let key = [cause.name, cause.change.rawValue, "\(cause.before)", "\(cause.after)"]
      if let place = places[key] {
        folded[place].count += 1
        folded[place].before += cause.before
        folded[place].after += cause.after
      } else {
        places[key] = folded.count
        folded.append(cause)
      }
    }
    return folded
  }
}
