import ModelGraph

extension MemoryPlan {
  /// The forward values that wait for the backward pass, in the order in which they are written.
  static func keptTensors(_ schedule: Schedule, map: StorageMap) -> [Item] {
    let firstBackward =
      schedule.operations.firstIndex { $0.phase == .backward } ?? schedule.operations.count
    return map.storages.filter { storage in
      storage.role == .activation && storage.phase == .forward
        && storage.lifetime.upperBound > firstBackward
    }
    .map { Item(name: $0.name, byteCount: $0.byteCount) }
  }
}
