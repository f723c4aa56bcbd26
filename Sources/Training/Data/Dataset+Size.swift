extension Dataset {
  /// Bytes that the examples take in memory; what stays in files is not among them.
  public var byteCount: Int { train.byteCount + validation.byteCount + test.byteCount }
}

extension Examples {
  fileprivate var byteCount: Int {
    switch self {
    case .tokens(let tokens): size(tokens)
    case .sequences(let rows):
      size(rows.tokens) + size(rows.lengths) + size(rows.types) + rows.targets.byteCount
    case .features(let features): features.values.byteCount + features.targets.byteCount
    }
  }
}

extension FeatureExamples.Values {
  fileprivate var byteCount: Int {
    switch self {
    case .memory(let values): size(values)
    case .stored(_, let examples): size(examples)
    }
  }
}

extension Targets {
  fileprivate var byteCount: Int {
    switch self {
    case .classes(let classes, _): size(classes)
    case .values(let values, _): size(values)
    }
  }
}

/// The bytes of an array's elements.
private func size<Element>(_ elements: [Element]) -> Int {
  elements.count * MemoryLayout<Element>.stride
}
