import ModelGraph

extension StageAnalysis {
  /// Whether a value is large enough to wait on disk.
  func mayWaitOnDisk(_ tensor: TensorID) -> Bool {
    guard let offload else { return false }
    return training[tensor].byteCount >= max(1, offload.leastBytes)
  }

  /// The options with what they hold on disk instead: no bytes wait, but all are there while the stage
  /// is differentiated.
  func onDisk(_ options: [SaveOption], of range: Range<Int>) -> [SaveOption] {
    guard offload != nil else { return [] }
    return options.compactMap { option in
      let moved = option.kept.map { tensor($0, of: range) }.filter(mayWaitOnDisk)
      guard !moved.isEmpty else { return nil }
      let bytes = moved.reduce(0) { $0 + training[$1].byteCount }
      var other = option
      other.waitsOnDisk = true
      other.byteCount -= bytes
      other.repeatedBytes += bytes
      other.seconds += cost.diskSeconds(byteCount: bytes)
      return other
    }
  }

  private func tensor(_ place: SaveOption.Place, of range: Range<Int>) -> TensorID {
    training.graph.operations[range.lowerBound + place.operation].outputs[place.output]
  }
}
