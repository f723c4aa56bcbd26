/// Which pairs of tokens become one, and which first.
struct BytePairMerges: Sendable {
  /// A merge: its rank, the first the lowest, and the token that it makes.
  struct Merge: Sendable {
    var rank: Int
    var result: Int32
  }

  private var merges: [UInt64: Merge] = [:]

  /// Adds a merge; of equal pairs the last counts, as in the reference implementation.
  mutating func add(_ left: Int32, _ right: Int32, _ merge: Merge) {
    merges[Self.key(left, right)] = merge
  }

  /// Merges neighbours, all pairs of the lowest rank at a time, until none is left.
  ///
  /// Sennrich et al. 2016, algorithm 1.
  func apply(to tokens: inout [Int32]) {
    while tokens.count > 1, let best = lowest(tokens) {
      var kept = 0
      var place = 0
      while place < tokens.count {
        let isPair =
          place + 1 < tokens.count && Self.key(tokens[place], tokens[place + 1]) == best.pair
        tokens[kept] = isPair ? best.result : tokens[place]
        kept += 1
        place += isPair ? 2 : 1
      }
      tokens.removeLast(tokens.count - kept)
    }
  }

  private func lowest(_ tokens: [Int32]) -> (pair: UInt64, result: Int32)? {
    var best: (pair: UInt64, merge: Merge)?
    for place in 0..<tokens.count - 1 {
      let pair = Self.key(tokens[place], tokens[place + 1])
      guard let merge = merges[pair], merge.rank < best?.merge.rank ?? .max else { continue }
      best = (pair, merge)
    }
    return best.map { ($0.pair, $0.merge.result) }
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }
}
