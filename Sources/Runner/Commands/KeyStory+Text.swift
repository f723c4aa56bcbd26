extension KeyStory {
  /// Whether a run would compute the cell.
  public var runs: Bool {
    switch verdict {
    case .cached, .inactive, .derived: false
    case .otherEnvironment, .notStored, .lacksModel, .failed, .neverCached: true
    }
  }

  /// The story, a line each.
  public var lines: [String] {
    var told: Set<Change> = []
    return lines(but: &told)
  }

  /// The story, a line each, without causes in other cells that were told before: a change of a
  /// model would be told again below each cell that it reaches.
  public func lines(but told: inout Set<Change>) -> [String] {
    let new = changes.filter { change in
      let isNew = told.insert(change.itself).inserted
      return isNew || change.depth == 0
    }
    return [headline] + earlierLines + useLines + changeLines(new)
  }

  private var earlierLines: [String] {
    guard runs, verdict != .neverCached, let earlierStep else { return [] }
    return ["an earlier run ended with step \(earlierStep): steps above that go on from there"]
  }

  private var useLines: [String] {
    lastUse.map { ["in run \($0.run) \($0.isReused ? "its stored result served" : "it ran")"] }
      ?? []
  }

  private var headline: String {
    let name = "\(id) (key \(key.prefix(8)))"
    switch verdict {
    case .cached: return "\(name): its result is stored; a run takes it from there"
    case .inactive: return "\(name): does not run: its 'when' is false, or that of a cell it needs"
    case .derived:
      return "\(name): is made of other cells' results, and made anew in every run"
    case .neverCached: return "\(name): runs every time, as it says 'cache: false'"
    case .failed(let message): return "\(name): runs, as it failed last time: \(message)"
    case .otherEnvironment(let differences):
      return "\(name): runs, as its result is stored for another numeric environment: "
        + differences.joined(separator: ", ")
    case .notStored: return "\(name): runs, as nothing is stored for its key"
    case .lacksModel(let folder):
      return "\(name): runs, as the model that it saved is not in '\(folder)' any more"
    }
  }

  private func changeLines(_ changes: [Change]) -> [String] {
    guard let recordedKey else {
      return verdict == .notStored ? ["nothing was recorded before"] : []
    }
    if key.hasPrefix(recordedKey) { return ["nothing changed since the recorded key"] }
    guard !changes.isEmpty else {
      return ["the recorded key is \(recordedKey.prefix(8)); the store does not know its parts"]
    }
    return ["changed since the recorded key \(recordedKey.prefix(8)):"] + changes.map(\.line)
  }

  /// The story for programs.
  public var json: JSONValue {
    .object([
      ("id", .string(id)), ("key", .string(key)), ("recorded_key", .optional(recordedKey)),
      ("verdict", .string(verdict.name)), ("runs", .bool(runs)),
      ("environment", .strings(verdict.environmentDifferences)),
      ("earlier_step", .optional(runs ? earlierStep : nil)),
      ("last_run", .optional(lastUse.map { Int($0.run) })),
      ("last_reused", lastUse.map { .bool($0.isReused) } ?? .null),
      ("changes", .array(changes.map(\.json))),
    ])
  }
}

extension KeyStory.Change {
  /// The change wherever it is told.
  fileprivate var itself: Self {
    Self(cell: cell, name: name, before: before, after: after, depth: 0)
  }

  fileprivate var line: String {
    let indent = String(repeating: "  ", count: depth + 1)
    let part = depth == 0 ? name : "\(cell): \(name)"
    return "\(indent)\(part): \(Self.short(before)) → \(Self.short(after))"
  }

  /// A digest by its first digits.
  static func short(_ value: String?) -> String {
    guard let value else { return "–" }
    let isDigest = value.count == 64 && value.allSatisfy(\.isHexDigit)
    return isDigest ? String(value.prefix(8)) : value
  }

  fileprivate var json: JSONValue {
    .object([
      ("cell", .string(cell)), ("name", .string(name)), ("before", .optional(before)),
      ("after", .optional(after)),
    ])
  }
}

extension KeyStory.Verdict {
  fileprivate var name: String {
    switch self {
    case .cached: "cached"
    case .otherEnvironment: "other-environment"
    case .notStored: "not-stored"
    case .lacksModel: "lacks-model"
    case .failed: "failed"
    case .derived: "derived"
    case .neverCached: "never-cached"
    case .inactive: "inactive"
    }
  }

  fileprivate var environmentDifferences: [String] {
    if case .otherEnvironment(let differences) = self { differences } else { [] }
  }
}
