import ModelGraph

extension Frontier {
  /// The ways whose arena may keep within so many bytes, the least recomputation first.
  ///
  /// Of two ways the slower one with the higher peak may have the smaller arena, so that all are tried;
  /// but of a long model, whose arenas take their time, those alone that no other is faster and smaller
  /// than, and a few of the smallest.
  func tries(within bytes: Int) -> [Way] {
    let isLong = training.graph.blocks.count > Self.mostBlocks
    let best = Set(ways.map(\.peak))
    let order = candidates.indices.filter { index in
      candidates[index].peak <= bytes
        && (!isLong || index < Self.mostTries || best.contains(candidates[index].peak))
    }
    return order.sorted { (candidates[$0].seconds, $0) < (candidates[$1].seconds, $1) }
      .map { candidates[$0] }
  }
}
