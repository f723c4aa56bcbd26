import ModelGraph

/// Where every storage and every scratch space of a schedule lies.
struct Layout: Sendable {
  let schedule: Schedule
  let map: StorageMap
  /// The place of each storage.
  private(set) var slots: [Program.Slot] = []
  /// The scratch space of each operation.
  private(set) var workspaces: [Program.Slot?] = []
  private(set) var regionBytes: [Program.Region: Int] = [:]
  /// Where the value of each transfer lies in the file.
  private var transfers: [Program.Slot?] = []
  /// Where narrow operands of each operation are staged in its scratch space.
  private var stagings: [Staging?] = []
  /// The latest value of each tensor.
  private var values: [TensorID: Int] = [:]

  /// - Parameter sharesGradients: whether gradients get a region of their own.
  init(_ schedule: Schedule, map: StorageMap, threads: Int, sharesGradients: Bool = false) {
    self.schedule = schedule
    self.map = map
    for (value, tensor) in schedule.values.enumerated() { values[tensor] = value }
    slots = map.storages.map {
      Program.Slot(
        region: $0.role.region(sharesGradients: sharesGradients), offset: 0,
        byteCount: $0.byteCount)
    }
    let order = firstTensors
    for region in Program.Region.allCases where region != .step {
      placeInOrder(region, firstTensors: order)
    }
    placeStep(threads: threads)
    placeTransfers()
  }

  /// One after the other: everything in these regions lives all the time.
  private mutating func placeInOrder(_ region: Program.Region, firstTensors: [TensorID]) {
    var end = 0
    let members = slots.indices.filter { slots[$0].region == region }
    for index in members.sorted(by: { firstTensors[$0] < firstTensors[$1] }) {
      slots[index].offset = end
      end += Placement.aligned(slots[index].byteCount)
    }
    regionBytes[region] = end
  }

  /// The tensor of each storage's first value: regions that training and evaluation share are laid
  /// out in the order of the model.
  private var firstTensors: [TensorID] {
    var tensors = Array(repeating: TensorID(.max), count: map.storages.count)
    for (value, storage) in map.storage.enumerated().reversed() where storage >= 0 {
      tensors[storage] = schedule.values[value]
    }
    return tensors
  }

  private mutating func placeStep(threads: Int) {
    let members = slots.indices.filter { slots[$0].region == .step }
    var demands = members.map { map.storages[$0].demand }
    var owners: [Int] = []
    let isNarrow = schedule.tensors.contains { $0.element == .bfloat16 }
    stagings = schedule.operations.map { operation in
      guard isNarrow else { return nil }
      return Staging(
        operation.kind.rule, inputs: operation.inputs.map(schedule.descriptor),
        outputs: operation.outputs.map(schedule.descriptor))
    }
    for (position, operation) in schedule.operations.enumerated() {
      let staged = stagings[position]?.byteCount ?? 0
      let bytes = staged + operation.kind.rule.workspaceBytes(threads: threads)
      guard bytes > 0 else { continue }
      owners.append(position)
      demands.append(Placement.Demand(byteCount: bytes, lifetime: position...position))
    }
    let placement = Placement(demands)
    for (index, member) in members.enumerated() { slots[member].offset = placement.offsets[index] }
    workspaces = Array(repeating: nil, count: schedule.operations.count)
    for (index, position) in owners.enumerated() {
      let place = members.count + index
      workspaces[position] = Program.Slot(
        region: .step, offset: placement.offsets[place], byteCount: demands[place].byteCount)
    }
    regionBytes[.step] = placement.byteCount
  }

  /// Values lie in the file from the begin of their write to the end of their read, in whole pages:
  /// a part of one would have to be read before it is written.
  private mutating func placeTransfers() {
    transfers = Array(repeating: nil, count: schedule.operations.count)
    let waits = DiskLifetime.all(in: schedule)
    let placement = Placement(waits.map(\.demand))
    for (wait, offset) in zip(waits, placement.offsets) {
      for position in wait.positions {
        transfers[position] = Program.Slot(
          region: .disk, offset: offset, byteCount: wait.byteCount)
      }
    }
    regionBytes[.disk] = placement.byteCount
  }

  /// The bytes that are free again after each operation.
  var releases: [[Program.Slot]] {
    var releases = workspaces.map { workspace in workspace.map { [$0] } ?? [] }
    for (index, storage) in map.storages.enumerated()
    where slots[index].region == .step && !storage.role.isPersistent {
      releases[storage.lifetime.upperBound].append(slots[index])
    }
    return releases
  }

  func slot(of value: Int) -> Program.Slot { slots[map.storage[value]] }

  func placed(_ tensor: TensorID) -> Program.PlacedTensor {
    let descriptor = schedule.tensors[tensor.index]
    // A tensor that no operation touches, such as an unused parameter, has no place.
    let none = Program.Slot(region: descriptor.role.region(), offset: 0, byteCount: 0)
    return placedIfUsed(tensor) ?? Program.PlacedTensor(descriptor: descriptor, slot: none)
  }

  /// A tensor's place; nil when no operation touches it.
  func placedIfUsed(_ tensor: TensorID) -> Program.PlacedTensor? {
    values[tensor].map {
      Program.PlacedTensor(descriptor: schedule.tensors[tensor.index], slot: slot(of: $0))
    }
  }

  func instruction(at position: Int) -> Program.Instruction {
    let operation = schedule.operations[position]
    let continued = Set(operation.kind.rule.continued.map(\.output))
    let starts = operation.outputs.indices.contains { index in
      !continued.contains(index)
        && schedule.descriptor(of: operation.outputs[index]).role == .parameterGradient
    }
    return Program.Instruction(
      kind: operation.kind, inputs: operation.inputs.map(slot(of:)),
      outputs: operation.outputs.map(slot(of:)), workspace: workspaces[position],
      disk: transfers[position], staging: stagings[position],
      phase: operation.phase, layer: operation.layer, stream: operation.stream,
      startsGradient: starts)
  }
}

extension TensorRole {
  /// - Parameter sharesGradients: whether gradients get a region of their own.
  func region(sharesGradients: Bool = false) -> Program.Region {
    switch self {
    case .parameterGradient where sharesGradients: .gradients
    case .parameter, .statistic: .parameters
    case .optimizerState: .optimizer
    case .cache: .cache
    case .input, .result, .parameterGradient, .activation, .activationGradient: .step
    }
  }
}
