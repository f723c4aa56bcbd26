#if canImport(Glibc)
  import Glibc
#endif

/// Draws tokens from logits.
struct TokenSampler {
  private let options: SamplingOptions
  private var stream: RandomStream

  init(_ options: SamplingOptions) {
    self.options = options
    stream = RandomStream(seed: options.seed)
  }

  /// The next token; of equally likely ones the smaller comes first.
  mutating func next(_ logits: UnsafeBufferPointer<Float>) -> Int32 {
    guard options.temperature > 0 else { return Int32(Self.largest(logits)) }
    let kept = candidates(logits)
    let total = kept.reduce(0) { $0 + $1.weight }
    var rest = stream.uniform() * total
    for candidate in kept {
      rest -= candidate.weight
      if rest < 0 { return Int32(candidate.token) }
    }
    return Int32(kept.last?.token ?? 0)
  }

  private struct Candidate {
    var token: Int
    var weight: Double
  }

  /// The tokens that may be drawn, the most likely first, with weights relative to the first's.
  private func candidates(_ logits: UnsafeBufferPointer<Float>) -> [Candidate] {
    let top = Double(logits[Self.largest(logits)])
    var all = logits.indices.map { token in
      Candidate(
        token: token, weight: exp((Double(logits[token]) - top) / options.temperature))
    }
    all.sort { ($1.weight, $0.token) < ($0.weight, $1.token) }
    if let count = options.topK { all = Array(all.prefix(max(1, count))) }
    guard let part = options.topP else { return all }
    let limit = part * all.reduce(0) { $0 + $1.weight }
    var (sum, count) = (0.0, 0)
    while count < all.count, count == 0 || sum < limit {
      sum += all[count].weight
      count += 1
    }
    return Array(all.prefix(count))
  }

  private static func largest(_ logits: UnsafeBufferPointer<Float>) -> Int {
    var best = 0
    for token in logits.indices where logits[token] > logits[best] { best = token }
    return best
  }
}
