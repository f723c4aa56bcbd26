/// What a number in a claim counts, as far as its name or its unit tells.
enum Quantity: Equatable {
  case bytes, seconds
  /// A loss, a count, a share: a recorded number without a unit.
  case plain
  /// A number that a claim states without a unit: whatever it is compared with.
  case stated
  /// Made of several, or of a value of which the name says nothing.
  case unknown

  /// The quantity of a recorded value by its name.
  init(ofName name: String) {
    let parts = Set(name.split(separator: "."))
    if parts.contains("memory") || name == "activation_bytes" {
      self = .bytes
    } else if parts.contains("timing") {
      self = .seconds
    } else {
      self = parts.isDisjoint(with: Self.plainParts) ? .unknown : .plain
    }
  }

  private static let plainParts: Set<Substring> = [
    "loss", "perplexity", "accuracy", "recompute", "steps", "epochs", "parameters", "flops",
    "examples", "targets", "tokens", "points", "failed", "vocab_size", "largest_batch",
  ]

  /// In a sentence; nil where a claim says too little to contradict itself.
  var phrase: String? {
    switch self {
    case .bytes: "a size"
    case .seconds: "a time"
    case .plain: "a number without a unit"
    case .stated, .unknown: nil
    }
  }

  /// Whether sums and comparisons of both make sense.
  func agrees(with other: Quantity) -> Bool {
    phrase == nil || other.phrase == nil || self == other
  }

  /// Of a sum, a difference, or the larger one of two.
  static func joined(_ left: Quantity, _ right: Quantity) -> Quantity {
    if left == right || right == .stated { return left }
    return left == .stated ? right : .unknown
  }

  /// Of a product; a number of parameters times the bytes of one is a size, which nobody can tell.
  static func product(_ left: Quantity, _ right: Quantity) -> Quantity {
    switch (left, right) {
    case (.bytes, .stated), (.seconds, .stated), (.stated, .stated): left
    case (.stated, .bytes), (.stated, .seconds): right
    default: .unknown
    }
  }

  /// Of a ratio.
  static func ratio(_ left: Quantity, _ right: Quantity) -> Quantity {
    if left == right, left.phrase != nil { return .plain }
    return right == .stated ? product(left, right) : .unknown
  }
}
