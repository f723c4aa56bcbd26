import Records

/// The forward values, or the layers' sums of them, that wait for the backward pass.
struct Waits {
  /// Those in memory, and bytes.
  let kept: [(String, Int)]
  /// Those on disk.
  let onDisk: [(String, Int)]

  /// Values by name.
  ///
  /// One that the disk still takes when the backward pass begins is of those on disk.
  init(kept: [MemoryRecord.TensorSize], onDisk: [MemoryRecord.TensorSize]) {
    let moved = Set(onDisk.map(\.name))
    self.kept = kept.filter { !moved.contains($0.name) }.map { ($0.name, $0.bytes) }
    self.onDisk = onDisk.map { ($0.name, $0.bytes) }
  }

  /// Sums by layer.
  init(layers: [MemoryRecord.LayerMemory]) {
    kept = layers.map { ($0.layer, $0.kept) }
    onDisk = layers.map { ($0.layer, $0.disk ?? 0) }
  }
}

extension MemoryCause {
  /// What waits elsewhere, newly, no longer, or in another size; in bytes of memory, but for what
  /// waits on one side alone and there on disk.
  static func waits(_ old: Waits, _ new: Waits) -> [MemoryCause] {
    let disk = paired(old.onDisk, new.onDisk)
    let grown = Dictionary(disk.map { ($0.0, $0.2 > $0.1) }) { first, _ in first }
    var moved: Set<String> = []
    let kept = paired(old.kept, new.kept).map { name, before, after -> MemoryCause in
      var change: Change = before == 0 ? .kept : after == 0 ? .dropped : .resized
      if let isOnDisk = grown[name], isOnDisk == (after < before) {
        moved.insert(name)
        change = isOnDisk ? .movedToDisk : .movedFromDisk
      }
      return MemoryCause(change: change, name: name, before: before, after: after)
    }
    let rest = disk.filter { !moved.contains($0.0) }
    return kept
      + rest.map { name, before, after in
        MemoryCause(
          change: after > before ? .keptOnDisk : .droppedFromDisk, name: name, before: before,
          after: after)
      }
  }
}
