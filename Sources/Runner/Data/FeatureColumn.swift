import DataFiles

/// A column of a table as features: a number, or a place for each word.
enum FeatureColumn {
  case numbers([Double])
  case words([Int32], words: [String])

  init(_ values: CSVValues) {
    switch values {
    case .numbers(let numbers): self = .numbers(numbers)
    case .categories(let indices, let words): self = .words(indices, words: words)
    case .texts: self = .words([], words: [])
    }
  }

  /// Features of a row.
  var width: Int {
    switch self {
    case .numbers: 1
    case .words(_, let words): words.count
    }
  }

  /// What the rows that are trained on say of the column.
  ///
  /// - Parameter train: the rows that the mean and the words are taken of, so that nothing of the
  ///   other parts is known in training.
  func fit(by train: [Int]) -> TableFit.Column {
    switch self {
    case .words(let indices, let words):
      let known = Set(train.map { indices[$0] })
      return .words(words.indices.filter { known.contains(Int32($0)) }.map { words[$0] })
    case .numbers(let numbers):
      let known = train.map { numbers[$0] }.filter { !$0.isNaN }
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let variance = squares / Double(max(1, known.count))
      // A constant column has no deviation to divide by, but its variance may be the rounding of
      // its mean; squares of tiny differences may be 0 although the column varies.
      let isConstant = known.min() == known.max() || variance == 0
      return .numbers(mean: mean, deviation: isConstant ? 1 : variance.squareRoot())
    }
  }

  /// Puts the mean for numbers that are missing and, if asked, brings mean and deviation to 0 and 1;
  /// gives words the places that they had in training, and those that are new none.
  ///
  /// - Returns: nil where the column is of another kind than the training's.
  func applying(_ fit: TableFit.Column, normalizing: Bool) -> FeatureColumn? {
    switch (self, fit) {
    case (.numbers(let numbers), .numbers(let mean, let deviation)):
      .numbers(
        numbers.map { number in
          let value = number.isNaN ? mean : number
          return normalizing ? (value - mean) / deviation : value
        })
    case (.words(let indices, let words), .words(let trained)):
      .words(indices.renumbered(from: words, to: trained), words: trained)
    case (.numbers, .words), (.words, .numbers): nil
    }
  }

  /// Appends a row's features; a missing word has none of the places.
  func append(_ row: Int, to features: inout [Float]) {
    switch self {
    case .numbers(let numbers): features.append(Float(numbers[row]))
    case .words(let indices, let words):
      for word in words.indices { features.append(Int(indices[row]) == word ? 1 : 0) }
    }
  }
}

extension [Int32] {
  /// Places in one list of words as those in another; -1 where that lacks the word.
  func renumbered(from words: [String], to others: [String]) -> [Int32] {
    guard words != others else { return self }
    let places = Dictionary(others.enumerated().map { ($1, Int32(clamping: $0)) }) { first, _ in
      first
    }
    return map { $0 < 0 ? -1 : places[words[Int($0)]] ?? -1 }
  }
}
