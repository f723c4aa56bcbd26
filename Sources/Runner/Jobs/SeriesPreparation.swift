import Experiment

/// The members of a series on the way to their begin: checked and locked.
struct SeriesPreparation {
  private let members: [RunSeries.Member]
  private let bond: RunBond
  private let outcome: SeriesOutcome
  /// Checked notebooks: of each member, or for points one of each sweep.
  private var checked: [Int: OpenNotebook] = [:]
  /// Locks by their files.
  private var locks: [String: NotebookLock] = [:]

  init(_ members: [RunSeries.Member], bond: RunBond, outcome: SeriesOutcome) {
    self.members = members
    self.bond = bond
    self.outcome = outcome
  }

  /// What is to be run, in its order; of the other members the outcome has heard.
  mutating func plans(shouldStop: @escaping () -> Bool) -> [ScheduledRun.Plan] {
    check()
    takeLocks()
    var seen: Set<String> = []
    return members.indices.filter { !outcome.hasEnded($0) }.map { index in
      bond.isOfPoints
        ? point(index, shouldStop) : notebook(index, &seen, shouldStop)
    }
  }

  /// Opens all notebooks, up to the first that is faulty unless all that can be run is to be run.
  ///
  /// Of points one a sweep will do, as it tells what is to be locked: what is wrong with others is
  /// told when their turn comes.
  private mutating func check() {
    for (index, member) in members.enumerated() where !outcome.hasEnded(index) {
      if bond.isOfPoints, checked.keys.contains(where: { sweep(of: $0) == sweep(of: index) }) {
        continue
      }
      do throws(RunFault) {
        let open = try member.open()
        try NotebookRun.checkNames(open, member.options)
        try NotebookRun.checkEdited(open, member.options)
        checked[index] = open
      } catch {
        if !bond.isOfPoints { end(index, error) }
      }
    }
  }

  private mutating func takeLocks() {
    let wanted = checked.filter { members[$0.key].isLocked }.map { index, open in
      (file: Self.lockFile(of: open), index: index, open: open)
    }
    for (file, index, open) in wanted.sorted(by: { ($0.file, $0.index) < ($1.file, $1.index) })
    where locks[file] == nil && !outcome.hasEnded(index) {
      let member = members[index]
      do throws(RunFault) {
        locks[file] = try NotebookLock(of: open, options: member.options, tell: member.tell)
      } catch {
        let all = members.indices.filter { sweep(of: $0) == sweep(of: index) }
        for index in bond.isOfPoints ? all : [index] { end(index, error) }
      }
    }
  }

  /// Ends a member before it began, and with it those that are not to be run without it.
  private func end(_ index: Int, _ fault: RunFault) {
    guard !outcome.hasEnded(index) else { return }
    outcome.note(index, .fault(fault))
    guard bond.isBroken(by: fault.exitCode) else { return }
    for other in members.indices
    where !outcome.hasEnded(other) && bond.ends(place(of: other), after: place(of: index)) {
      outcome.note(other, .notBegun)
    }
  }

  // MARK: - Beginning

  private func notebook(
    _ index: Int, _ seen: inout Set<String>, _ shouldStop: @escaping () -> Bool
  ) -> ScheduledRun.Plan {
    let member = members[index]
    let open = checked[index]
    let path = open?.file.path
    // One that is named twice is opened anew when it was written for the first time.
    let isFirst = path.map { seen.insert($0).inserted } ?? false
    let lock = open.flatMap { locks[Self.lockFile(of: $0)] }
    return ScheduledRun.Plan(place: place(of: index), file: path) { () throws(RunFault) in
      let known = isFirst ? open : nil
      return try member.begin(known, lock: lock, shouldStop: shouldStop)
    }
  }

  /// Points are as many as a sweep has: each is opened when its turn has come.
  private func point(_ index: Int, _ shouldStop: @escaping () -> Bool) -> ScheduledRun.Plan {
    let member = members[index]
    let open = checked.first { sweep(of: $0.key) == sweep(of: index) }?.value
    let lock = open.flatMap { locks[Self.lockFile(of: $0)] }
    return ScheduledRun.Plan(place: place(of: index), file: nil) { () throws(RunFault) in
      try member.begin(nil, lock: lock, shouldStop: shouldStop)
    }
  }

  private func place(of index: Int) -> RunPlace {
    RunPlace(index: index, sweep: members[index].sweep)
  }

  private func sweep(of index: Int) -> Int { members[index].sweep }

  private static func lockFile(of open: OpenNotebook) -> String {
    NotebookLock.file(of: open.file.path, in: open.project)
  }
}

extension RunSeries.Member {
  /// Whether its notebook's lock is needed: bytes from elsewhere have no file to be written.
  fileprivate var isLocked: Bool {
    guard case .file = input else { return false }
    return options.usesStore
  }

  fileprivate func open() throws(RunFault) -> OpenNotebook {
    try OpenNotebook(
      file: try input.read(), overrides: options.overrides, settings: options.settings,
      storePath: options.storePath)
  }

  /// - Parameters:
  ///   - known: the notebook, if it is checked already.
  ///   - lock: its lock.
  fileprivate func begin(
    _ known: OpenNotebook?, lock: NotebookLock?, shouldStop: @escaping () -> Bool
  ) throws(RunFault) -> NotebookRun {
    let open = if let known { known } else { try open() }
    return try NotebookRun(
      open, lock: isLocked ? lock : nil, options: options, tell: tell, shouldStop: shouldStop)
  }
}
