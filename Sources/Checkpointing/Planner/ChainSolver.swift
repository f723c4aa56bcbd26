import ModelGraph

/// The least time to differentiate a chain within a number of bytes, for all numbers at once.
///
/// The dynamic program of Beaumont, Herrmann, Pallez and Shilova 2024 (`rotor`) with several options a
/// stage, as Zhao et al. 2023 (`Rockmate`) have. A value that is held is held until it is used.
///
/// opt(s, t, m) is the recomputation of stages s…t in m slots of memory, the value that enters s apart:
/// - hold an option of s, go on to s + 1; or
/// - pass s…j − 1 holding nothing but what leaves them, differentiate j…t, then s…j − 1 anew.
///
/// What leaves a stage may wait on disk for the time of its transfers, and so may what it holds.
struct ChainSolver {
  private let chain: Chain
  /// Bytes of a slot.
  let slot: Double
  /// opt(s, t, m), innermost m; infinite where it is not feasible.
  private var table: [Float]
  private let count: Int
  private let slots: Int
  /// Where what leaves each stage may wait.
  private let places: [[Place]]

  /// - Parameter slots: into how many parts the memory is cut; sizes are rounded up to them.
  init(_ chain: Chain, slots: Int = 160) {
    self.chain = chain
    self.slots = slots
    count = chain.stages.count
    places = chain.stages.map(Self.places)
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

  /// What to do within a number of slots.
  struct Plan {
    /// The segments.
    var ranges: [SegmentRange] = []
    /// What waits on disk.
    var onDisk: Set<Int32> = []
  }

  /// The plan for a number of slots.
  func plan(slots memory: Int, in training: TrainingGraph) -> Plan {
    var plan = Plan()
    if count > 0 { unroll(0, count - 1, memory, training, into: &plan) }
    return plan
  }

  // MARK: - The recurrence

  private func offset(_ first: Int, _ last: Int) -> Int { (first * count + last) * slots }

  private func value(_ first: Int, _ last: Int, _ memory: Int) -> Float {
    memory < 0 ? .infinity : table[offset(first, last) + memory]
  }

  private func slots(_ bytes: Int) -> Int { Int((Double(bytes) / slot).rounded(.up)) }

  /// Where what leaves a stage may wait: in memory, and on disk.
  private static func places(of stage: Stage) -> [Place] {
    let memory = Place(byteCount: stage.outputBytes, seconds: 0, tensor: nil)
    guard let output = stage.output else { return [memory] }
    return [
      memory,
      Place(byteCount: 0, seconds: stage.outputDiskSeconds, tensor: Int32(output.index)),
    ]
  }

  /// A place for what leaves a stage.
  private struct Place {
    /// Bytes of memory.
    let byteCount: Int
    /// Seconds of transfers.
    let seconds: Double
    /// The value, if it is on disk.
    let tensor: Int32?
  }

  /// A place for nothing: no stage follows.
  private static let nowhere = [Place(byteCount: 0, seconds: 0, tensor: nil)]

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
    let rest = first < last ? offset(first + 1, last) : -1
    for place in first < last ? places[first] : Self.nowhere {
      for option in stage.options {
        let held = slots(option.byteCount + place.byteCount)
        let needed = needed(first, last, option)
        let seconds = Float(option.seconds + place.seconds)
        for memory in max(held, needed)..<max(slots, held, needed) {
          let time = seconds + (rest < 0 ? 0 : table[rest + memory - held])
          if time < table[target + memory] { table[target + memory] = time }
        }
      }
    }
    guard first < last else { return }
    var passed: Float = 0
    for middle in (first + 1)...last {
      passed += Float(chain.stages[middle - 1].forwardSeconds)
      let (right, left) = (offset(middle, last), offset(first, middle - 1))
      for place in places[middle - 1] {
        let held = slots(place.byteCount)
        let least = max(held, passing(first..<middle, before: last))
        let seconds = passed + Float(place.seconds)
        for memory in least..<max(slots, least) {
          let time = seconds + table[right + memory - held] + table[left + memory]
          if time < table[target + memory] { table[target + memory] = time }
        }
      }
    }
  }

  // MARK: - The plan

  /// Finds again which choice gave the least time.
  private func unroll(
    _ first: Int, _ last: Int, _ memory: Int, _ training: TrainingGraph, into plan: inout Plan
  ) {
    guard value(first, last, memory).isFinite else { return }
    if !unrollHolding(first, last, memory, training, into: &plan) {
      unrollPassing(first, last, memory, training, into: &plan)
    }
  }

  /// Holds an option of the first stage, if that gave the least time.
  private func unrollHolding(
    _ first: Int, _ last: Int, _ memory: Int, _ training: TrainingGraph, into plan: inout Plan
  ) -> Bool {
    let best = value(first, last, memory)
    let stage = chain.stages[first]
    for place in first < last ? places[first] : Self.nowhere {
      for option in stage.options {
        let held = slots(option.byteCount + place.byteCount)
        guard memory >= max(held, needed(first, last, option)) else { continue }
        let after = first < last ? value(first + 1, last, memory - held) : 0
        guard Float(option.seconds + place.seconds) + after == best else { continue }
        hold(option, of: first, training, in: &plan)
        if let tensor = place.tensor { plan.onDisk.insert(tensor) }
        if first < last { unroll(first + 1, last, memory - held, training, into: &plan) }
        return true
      }
    }
    return false
  }

  private func unrollPassing(
    _ first: Int, _ last: Int, _ memory: Int, _ training: TrainingGraph, into plan: inout Plan
  ) {
    let best = value(first, last, memory)
    var passed: Float = 0
    for middle in (first + 1)...max(last, first + 1) where middle <= last {
      passed += Float(chain.stages[middle - 1].forwardSeconds)
      for place in places[middle - 1] {
        let held = slots(place.byteCount)
        guard memory >= max(held, passing(first..<middle, before: last)) else { continue }
        let rest = value(middle, last, memory - held)
        let seconds = passed + Float(place.seconds)
        guard seconds + rest + value(first, middle - 1, memory) == best else { continue }
        let operations = chain.stages[first].operations.lowerBound
        plan.ranges.append(
          SegmentRange(operations: operations..<chain.stages[middle - 1].operations.upperBound))
        if let tensor = place.tensor { plan.onDisk.insert(tensor) }
        unroll(first, middle - 1, memory, training, into: &plan)
        unroll(middle, last, memory - held, training, into: &plan)
        return
      }
    }
  }

  /// Notes what a stage holds, and that the rest of it is computed again.
  private func hold(
    _ option: SaveOption, of stage: Int, _ training: TrainingGraph, in plan: inout Plan
  ) {
    let operations = chain.stages[stage].operations
    let kept = Set(
      option.kept.map {
        training.graph.operations[operations.lowerBound + $0.operation].outputs[$0.output]
      })
    if option.waitsOnDisk { plan.onDisk.formUnion(kept.map { Int32($0.index) }) }
    if !option.keepsAll { plan.ranges.append(SegmentRange(operations: operations, kept: kept)) }
  }
}
