@testable import Checkpointing

/// The least recomputation of a small chain within a number of bytes, found by trying everything.
///
/// It knows nothing of the solver's recurrence: a state is what is stored and how far the backward
/// pass is, and the shortest path through all states is looked for (Dijkstra 1959). Unlike the
/// solver's schedules, these may store a value at any time, hold an option again and again, and drop
/// anything before it is used. The operations are those of Beaumont et al. 2024, section 3, with
/// several options a stage as Zhao et al. 2023 have them.
///
/// Value l enters stage l; value 0 is always there and costs nothing.
struct ScheduleSearch {
  private let stages: [Stage]
  private let limit: Int
  private let holdsInputs: Bool
  /// The least time in which each state is reached; −1 where none is known.
  private var best: [Int16]
  private let valueBytes: [Int]
  private let heldBytes: [Int]
  /// States by their time.
  private var queue: [[State]] = [[]]

  /// What is stored at a point of the step, packed into 20 bits.
  private struct State {
    var bits: Int

    /// Stages that are not differentiated yet.
    var left: Int {
      get { bits & 7 }
      set { bits = bits & ~7 | newValue }
    }

    /// Whether a value of 1…5 is stored.
    func stores(_ value: Int) -> Bool { bits >> (2 + value) & 1 == 1 }
    mutating func store(_ value: Int) { bits |= 1 << (2 + value) }
    mutating func drop(_ value: Int) {
      if 1...5 ~= value { bits &= ~(1 << (2 + value)) }
    }

    /// The option that a stage of 0…5 holds, from 1; 0 for none.
    func option(_ stage: Int) -> Int { bits >> (8 + 2 * stage) & 3 }
    mutating func hold(_ option: Int, of stage: Int) {
      bits = bits & ~(3 << (8 + 2 * stage)) | option << (8 + 2 * stage)
    }
  }

  /// - Parameters:
  ///   - chain: of six stages at most, the loss among them, with three options each at most.
  ///   - limit: bytes that may be there at once.
  ///   - holdsInputs: whether what a stage holds is of use only together with what enters the stage;
  ///     else that may be dropped and computed again while the stage waits.
  init(_ chain: Chain, limit: Int, holdsInputs: Bool) {
    precondition(chain.stages.count <= 6 && chain.stages.allSatisfy { $0.options.count <= 3 })
    (stages, self.limit, self.holdsInputs) = (chain.stages, limit, holdsInputs)
    (valueBytes, heldBytes) = Self.byteCounts(chain.stages)
    best = Array(repeating: -1, count: 1 << 20)
  }

  /// The least recomputation, in the chain's unit; nil where no schedule exists.
  mutating func leastSeconds() -> Int? {
    let once = stages.reduce(0) { $0 + Int($1.forwardSeconds) }
    reach(State(bits: stages.count), at: 0)
    var seconds = 0
    while seconds < queue.count {
      while let state = queue[seconds].popLast() {
        if state.left == 0 { return seconds - once }
        if best[state.bits] == seconds { expand(state, seconds) }
      }
      seconds += 1
    }
    return nil
  }

  private mutating func reach(_ state: State, at seconds: Int) {
    let known = best[state.bits]
    if known >= 0, known <= seconds { return }
    best[state.bits] = Int16(seconds)
    while queue.count <= seconds { queue.append([]) }
    queue[seconds].append(state)
  }

  /// Bytes of what is stored: of the values, and of what stages hold.
  private func stored(_ state: State) -> Int {
    valueBytes[state.bits >> 3 & 31] + heldBytes[state.bits >> 8]
  }

  /// The bytes of every choice of values, and of every choice of options.
  private static func byteCounts(_ stages: [Stage]) -> (values: [Int], held: [Int]) {
    let values = (0..<32).map { choice in
      (1..<stages.count).reduce(0) { sum, value in
        sum + (choice >> (value - 1) & 1 == 1 ? stages[value - 1].outputBytes : 0)
      }
    }
    let held = (0..<(1 << 12)).map { choice in
      stages.indices.reduce(0) { sum, stage in
        let option = choice >> (2 * stage) & 3
        let isOption = 1...stages[stage].options.count ~= option
        return sum + (isOption ? stages[stage].options[option - 1].byteCount : 0)
      }
    }
    return (values, held)
  }

  private mutating func expand(_ state: State, _ seconds: Int) {
    for stage in stages.indices {
      var after = state
      dropInput(of: stage, &after)
      if stage > 0, state.stores(stage) { reach(after, at: seconds) }
      after = state
      after.hold(0, of: stage)
      if state.option(stage) > 0 { reach(after, at: seconds) }
    }
    for stage in 0..<state.left where stage == 0 || state.stores(stage) {
      forward(stage, state, seconds)
    }
    backward(state, seconds)
  }

  private func dropInput(of stage: Int, _ state: inout State) {
    state.drop(stage)
    if holdsInputs { state.hold(0, of: stage) }
  }

  /// Runs a stage, and stores what leaves it.
  ///
  /// What enters it goes, or stays, or stays together with an option of the stage.
  private mutating func forward(_ stage: Int, _ state: State, _ seconds: Int) {
    pass(stage, leaving: state, from: state, seconds)
    if stage > 0 {
      var after = state
      dropInput(of: stage, &after)
      pass(stage, leaving: after, from: state, seconds)
    }
    guard state.option(stage) == 0 else { return }
    for number in stages[stage].options.indices {
      var after = state
      after.hold(number + 1, of: stage)
      pass(stage, leaving: after, from: state, seconds)
    }
  }

  private mutating func pass(
    _ stage: Int, leaving after: State, from state: State, _ seconds: Int
  ) {
    let next = stages[state.left - 1]
    var after = after
    after.drop(stage + 1)
    let others = next.outputBytes + next.laterGradientBytes + stages[stage].forwardBytes
    guard stored(after) + others <= limit else { return }
    if stage + 1 < stages.count { after.store(stage + 1) }
    reach(after, at: seconds + Int(stages[stage].forwardSeconds))
  }

  private mutating func backward(_ state: State, _ seconds: Int) {
    let stage = state.left - 1
    guard state.option(stage) > 0, stage == 0 || state.stores(stage) else { return }
    let option = stages[stage].options[state.option(stage) - 1]
    let needed = option.repeatedBytes + stages[stage].backwardBytes + stages[stage].gradientBytes
    guard stored(state) + needed <= limit else { return }
    var after = state
    after.hold(0, of: stage)
    after.drop(stage + 1)
    after.left -= 1
    reach(after, at: seconds + Int(option.seconds))
  }
}
