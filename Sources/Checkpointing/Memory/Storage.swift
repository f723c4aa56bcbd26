import ModelGraph

/// Bytes that hold one value after another: a value and those that continue it in place.
struct Storage: Hashable, Sendable {
  /// The size.
  var byteCount: Int
  /// The positions of the schedule from the first write to the last use.
  var lifetime: ClosedRange<Int>
  /// What the bytes are for.
  var role: TensorRole
  /// The first value's name.
  var name: String
  /// The first value's layer.
  var layer: String
  /// The phase that writes it first; nil for what is there before the step.
  var phase: ScheduledOperation.Phase?

  /// The bytes and when they are needed.
  var demand: Placement.Demand { Placement.Demand(byteCount: byteCount, lifetime: lifetime) }
}

/// Which storage each value of a schedule lives in.
struct StorageMap: Sendable {
  private(set) var storages: [Storage] = []
  private(set) var storage: [Int]
  private var lastUse: [Int]

  /// - Parameter accumulates: gradients live through several passes, so they are there all the time.
  init(_ schedule: Schedule, accumulates: Bool) {
    storage = Array(repeating: -1, count: schedule.values.count)
    lastUse = Array(repeating: -1, count: schedule.values.count)
    for (position, operation) in schedule.operations.enumerated() {
      for value in operation.inputs { lastUse[value] = position }
      for value in operation.outputs { lastUse[value] = position }
    }
    for (position, operation) in schedule.operations.enumerated() {
      for value in operation.inputs where storage[value] < 0 {
        addPersistent(value, schedule)
      }
      place(operation, at: position, schedule)
    }
    extendPersistent(schedule, accumulates: accumulates)
  }

  private mutating func addPersistent(_ value: Int, _ schedule: Schedule) {
    precondition(
      schedule.descriptor(of: value).role.isPersistent, "a value is read before it is written")
    add(value, at: 0, phase: nil, schedule)
  }

  private mutating func place(
    _ operation: ScheduledOperation, at position: Int, _ schedule: Schedule
  ) {
    let rule = operation.kind.rule
    for (index, value) in operation.outputs.enumerated() {
      if let input = rule.continued.first(where: { $0.output == index }).map({
        operation.inputs[$0.input]
      }) {
        precondition(
          lastUse[input] == position, "\(operation.label) adds to a value that is read later")
        join(value, input)
      } else if let input = replaceableInput(of: operation, output: index, at: position, schedule) {
        join(value, input)
      } else {
        add(value, at: position, phase: operation.phase, schedule)
      }
    }
    for value in operation.inputs { extend(value, to: position) }
    for value in operation.outputs { extend(value, to: position) }
  }

  private mutating func extend(_ value: Int, to position: Int) {
    let index = storage[value]
    storages[index].lifetime = storages[index].lifetime.lowerBound...position
  }

  /// An input that nobody reads afterwards and that the output may overwrite.
  private func replaceableInput(
    of operation: ScheduledOperation, output: Int, at position: Int, _ schedule: Schedule
  ) -> Int? {
    let result = schedule.descriptor(of: operation.outputs[output])
    guard !result.role.isPersistent else { return nil }
    return operation.kind.rule.replaceable
      .filter { $0.output == output }
      .map { operation.inputs[$0.input] }
      .first { input in
        let descriptor = schedule.descriptor(of: input)
        return lastUse[input] == position && descriptor.role == result.role
          && descriptor.byteCount == result.byteCount
      }
  }

  private mutating func join(_ value: Int, _ other: Int) { storage[value] = storage[other] }

  private mutating func add(
    _ value: Int, at position: Int, phase: ScheduledOperation.Phase?, _ schedule: Schedule
  ) {
    let descriptor = schedule.descriptor(of: value)
    storage[value] = storages.count
    storages.append(
      Storage(
        byteCount: descriptor.byteCount, lifetime: position...position, role: descriptor.role,
        name: descriptor.name, layer: descriptor.layer, phase: phase))
  }

  private mutating func extendPersistent(_ schedule: Schedule, accumulates: Bool) {
    let end = max(0, schedule.operations.count - 1)
    for index in storages.indices {
      let role = storages[index].role
      if role.isPersistent || (accumulates && role == .parameterGradient) {
        storages[index].lifetime = 0...end
      }
    }
  }
}
