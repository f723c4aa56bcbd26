/// Which forward values are kept for the backward pass; the others are computed again.
///
/// A *block* is an iteration of a model's outermost `repeat`; in a model without one, a top-level
/// layer.
public enum CheckpointPolicy: Hashable, Sendable, Codable {
  /// Keep everything that the backward pass needs.
  case none
  /// Cut the blocks into segments of `k` and keep only what enters a segment.
  case every(Int)
  /// Make a segment of each layer whose path matches one of the names; `*` stands for any text.
  case blocks([String])
  /// Cut n blocks into segments of about the bytes of ⌈√n⌉ blocks (Chen et al. 2016, algorithm 3): of
  /// equal blocks `every: k` with k = ⌈√n⌉.
  case sqrt
  /// Keep what enters a block for at most this many blocks at a time, and advance again from the
  /// nearest one (Griewank & Walther 2000): the least recomputation if nothing inside a block is kept.
  case revolve(slots: Int)
  /// In each block keep the outputs of products, which are dear, and compute the rest again.
  case selective
  /// In each block keep only the values whose layer, name or operation matches one of the patterns.
  case keep([String])
  /// In each block keep all values but those whose layer, name or operation matches.
  case drop([String])
  /// The least recomputation whose step reserves at most this much.
  case budget(MemoryBudget)
  /// The least memory that the planner finds.
  case minimum
}

/// How much a plan may reserve.
public enum MemoryBudget: Hashable, Sendable, Codable {
  /// Bytes of the whole step, parameters and optimizer included.
  case bytes(Int)
  /// As much as keeping this fraction of the values that a step without checkpointing keeps.
  case fraction(Double)
  /// What the run's memory limit leaves; without a limit as much as it takes.
  case automatic
}

extension CheckpointPolicy: CustomStringConvertible {
  /// The policy as notebooks write it.
  public var description: String {
    switch self {
    case .none: "none"
    case .every(let count): "every: \(count)"
    case .blocks(let names): "blocks: [\(names.joined(separator: ", "))]"
    case .sqrt: "sqrt"
    case .revolve(let slots): "revolve: \(slots)"
    case .selective: "selective"
    case .keep(let names): "keep: [\(names.joined(separator: ", "))]"
    case .drop(let names): "drop: [\(names.joined(separator: ", "))]"
    case .budget(.bytes(let count)): "budget: \(Self.size(count))"
    case .budget(.fraction(let fraction)): "budget: \(Self.percent(fraction))%"
    case .budget(.automatic): "auto"
    case .minimum: "minimum"
    }
  }

  /// A size in the largest unit that it is a whole number of.
  private static func size(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where bytes % unit == 0 {
      return "\(bytes / unit) \(name)"
    }
    return "\(bytes)"
  }

  private static func percent(_ fraction: Double) -> String {
    let percent = (fraction * 1e6).rounded() / 1e4
    return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
  }

  /// Whether the policy leaves it to the planner what is kept.
  public var isPlanned: Bool {
    switch self {
    case .budget, .minimum: true
    default: false
    }
  }
}
