import DataFiles

/// A column of a table as features: a number, or a place for each word.
enum FeatureColumn {
  case numbers([Float])
  case words([Int32], count: Int)

  init(_ values: CSVValues) {
    switch values {
    case .numbers(let numbers): self = .numbers(numbers.map { Float($0) })
    case .categories(let indices, let words): self = .words(indices, count: words.count)
    case .texts: self = .words([], count: 0)
    }
  }

  /// Features of a row.
  var width: Int {
    switch self {
    case .numbers: 1
    case .words(_, let count): count
    }
  }

  /// Puts the mean for numbers that are missing and, if asked, brings mean and deviation to 0 and 1.
  ///
  /// - Parameter train: the rows that the mean is taken of, so that nothing of the other parts is
  ///   known in training.
  mutating func complete(by train: [Int], normalizing: Bool) {
    guard case .numbers(var numbers) = self else { return }
    let known = train.map { Double(numbers[$0]) }.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, known.count))
    // A constant column has no deviation to divide by.
    let scale = variance > 0 ? variance.squareRoot() : 1
    for index in numbers.indices {
      let value = numbers[index].isNaN ? mean : Double(numbers[index])
      numbers[index] = Float(normalizing ? (value - mean) / scale : value)
    }
    self = .numbers(numbers)
  }

  /// Appends a row's features; a missing word has none of the places.
  func append(_ row: Int, to features: inout [Float]) {
    switch self {
    case .numbers(let numbers): features.append(numbers[row])
    case .words(let indices, let count):
      for word in 0..<count { features.append(Int(indices[row]) == word ? 1 : 0) }
    }
  }
}
