import ModelGraph

/// The least time to differentiate a chain within a number of bytes, for all numbers at once.
///
/// The dynamic program of Beaumont, Herrmann, Pallez and Shilova 2024 (`rotor`) with several options a
/// stage, as Zhao et al. 2023 (`Rockmate`) have. A value that is held is held until it is used.
///
/// opt(s, t, m) is the recomputation of stages s…t in m slots of memory, the value that enters s apart:
/// - hold an option of s, go on to s + 1; or
/// - pass s…j − 1 holding nothing but what leaves them, differentiate j…t, then s…j − 1 anew.
struct ChainSolver {
  private let chain: Chain
  /// Bytes of a slot.
  let slot: Double
  /// opt(s, t, m), innermost m; infinite where it is not feasible.
  private var table: [Float]
  private let count: Int
  private let slots: Int

  /// - Parameter slots: into how many parts the memory is cut; sizes are rounded up to them.
  init(_ chain: Chain, slots: Int = 160) {
    self.chain = chain
    self.slots = slots
    count = chain.stages.count
    let most = Self.mostBytes(chain)
    slot = max(1, Double(most) / Double(slots - 1))
    table = Array(repeating: .infinity, count: count * count * slots)
    for first in stride(from: count - 1, through: 0, by: -1) {
      for last in first..<count { fill(first, last) }
    }
  }

  /// Bytes with which everything can be held.
  private static func mostBytes(_ chain: Chain) -> Int {
    var (held, most) = (0, 0)
    for stage in chain.stages {
      held += stage.outputBytes + (stage.options.first?.byteCount ?? 0)
      most = max(most, held + max(stage.forwardBytes, stage.backwardBytes + stage.gradientBytes))
    }
    return most
  }

  /// The numbers of slots at which the least time changes: each a plan of its own.
  var steps: [Int] {
    guard count > 0 else { return [] }
    return (0..<slots).filter { memory in
      let time = value(0, count - 1, memory)
      return time.isFinite && (memory == 0 || value(0, count - 1, memory - 1) > time)
    }
  }

  /// The recomputation with a number of slots; nil where no schedule fits in them.
  func leastSeconds(slots memory: Int) -> Double? {
    let time = count > 0 ? value(0, count - 1, min(memory, slots - 1)) : 0
    return time.isFinite ? Double(time) : nil
  }

  /// The segments of the plan for a number of slots.
  func ranges(slots memory: Int, in training: TrainingGraph) -> [SegmentRange] {
    var ranges: [SegmentRange] = []
    if count > 0 { unroll(0, count - 1, memory, training, into: &ranges) }
    return ranges
  }

  // MARK: - The recurrence

  private func offset(_ first: Int, _ last: Int) -> Int { (first * count + last) * slots }

  private func value(_ first: Int, _ last: Int, _ memory: Int) -> Float {
    memory < 0 ? .infinity : table[offset(first, last) + memory]
  }

  private func slots(_ bytes: Int) -> Int { Int((Double(bytes) / slot).rounded(.up)) }

  /// Slots that an option holds besides the stage's input: its values, and the output if a stage follows.
  private func held(_ first: Int, _ last: Int, _ option: SaveOption) -> Int {
    let stage = chain.stages[first]
    return slots(option.byteCount + (first < last ? stage.outputBytes : 0))
  }

  /// Slots in which an option can be computed, and be differentiated.
  private func needed(_ first: Int, _ last: Int, _ option: SaveOption) -> Int {
    let stage = chain.stages[first]
    let backward =
      option.byteCount + option.repeatedBytes + stage.backwardBytes + stage.gradientBytes
    let forward = option.byteCount + stage.forwardBytes + carried(last)
    return slots(max(backward, forward))
  }

  /// Slots in which stages up to `last` can be passed holding nothing.
  private func passing(_ stages: Range<Int>, before last: Int) -> Int {
    slots((chain.stages[stages].map(\.forwardBytes).max() ?? 0) + carried(last))
  }

  /// Bytes that the backward pass has reached a stage with: the gradient of the value that leaves it,
  /// and those of later parameters; nothing before the loss.
  private func carried(_ last: Int) -> Int {
    chain.stages[last].outputBytes + chain.stages[last].laterGradientBytes
  }

  private mutating func fill(_ first: Int, _ last: Int) {
    let stage = chain.stages[first]
    let target = offset(first, last)
    for option in stage.options {
      let (held, needed) = (held(first, last, option), needed(first, last, option))
      let rest = first < last ? offset(first + 1, last) : -1
      for memory in max(held, needed)..<max(slots, held, needed) {
        let after = rest < 0 ? 0 : table[rest + memory - held]
        let time = Float(option.seconds) + after
        if time < table[target + memory] { table[target + memory] = time }
      }
    }
    var passed: Float = 0
    guard first < last else { return }
    for middle in (first + 1)...last {
      passed += Float(chain.stages[middle - 1].forwardSeconds)
      let held = slots(chain.stages[middle - 1].outputBytes)
      let least = max(held, passing(first..<middle, before: last))
      let (right, left) = (offset(middle, last), offset(first, middle - 1))
      for memory in least..<max(slots, least) {
        let time = passed + table[right + memory - held] + table[left + memory]
        if time < table[target + memory] { table[target + memory] = time }
      }
    }
  }

  // MARK: - The plan

  /// Finds again which choice gave the least time.
  private func unroll(
    _ first: Int, _ last: Int, _ memory: Int, _ training: TrainingGraph,
    into ranges: inout [SegmentRange]
  ) {
    let best = value(first, last, memory)
    guard best.isFinite else { return }
    for option in chain.stages[first].options {
      let held = held(first, last, option)
      guard memory >= max(held, needed(first, last, option)) else { continue }
      let after = first < last ? value(first + 1, last, memory - held) : 0
      guard Float(option.seconds) + after == best else { continue }
      if !option.keepsAll { ranges.append(range(of: first, option, training)) }
      if first < last { unroll(first + 1, last, memory - held, training, into: &ranges) }
      return
    }
    var passed: Float = 0
    for middle in (first + 1)...max(last, first + 1) where middle <= last {
      passed += Float(chain.stages[middle - 1].forwardSeconds)
      let held = slots(chain.stages[middle - 1].outputBytes)
      guard memory >= max(held, passing(first..<middle, before: last)) else { continue }
      let rest = value(middle, last, memory - held)
      guard passed + rest + value(first, middle - 1, memory) == best else { continue }
      let operations = chain.stages[first].operations.lowerBound
      ranges.append(
        SegmentRange(operations: operations..<chain.stages[middle - 1].operations.upperBound))
      unroll(first, middle - 1, memory, training, into: &ranges)
      unroll(middle, last, memory - held, training, into: &ranges)
      return
    }
  }

  private func range(
    of stage: Int, _ option: SaveOption, _ training: TrainingGraph
  ) -> SegmentRange {
    let operations = chain.stages[stage].operations
    let kept = option.kept.map {
      training.graph.operations[operations.lowerBound + $0.operation].outputs[$0.output]
    }
    return SegmentRange(operations: operations, kept: Set(kept))
  }
}
