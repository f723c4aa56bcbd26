import DataFiles
import Experiment
import Training

/// The examples in the arrays of one part of the data.
struct ArrayExamples {
  /// All of them.
  let all: Examples

  /// Reads what a run holds in memory: tokens and targets; features stay in their file.
  init(_ part: ArraySpec.Part, of arrays: ArraySpec) throws(DataFileError) {
    switch arrays.content {
    case .features: all = .features(try Self.features(part, of: arrays))
    case .tokens: all = .sequences(try Self.rows(part, vocabularySize: arrays.vocabularySize))
    }
  }

  /// How many there are.
  var count: Int {
    switch all {
    case .features(let features): features.count
    case .sequences(let rows): rows.count
    case .tokens: 0
    }
  }

  /// The largest class and one; 0 where the targets are no classes.
  var classes: Int {
    let targets: Targets? =
      switch all {
      case .features(let features): features.targets
      case .sequences(let rows): rows.targets
      case .tokens: nil
      }
    guard case .classes(let classes, _)? = targets else { return 0 }
    return classes.max().map { Int($0) + 1 } ?? 0
  }

  /// Some of the examples.
  func part(_ examples: [Int]) -> Examples {
    switch all {
    case .features(let features): .features(features.part(examples))
    case .sequences(let rows): .sequences(rows.part(examples))
    case .tokens: all
    }
  }

  private static func features(
    _ part: ArraySpec.Part, of arrays: ArraySpec
  ) throws(DataFileError) -> FeatureExamples {
    let shape = arrays.exampleShape
    let source = ArrayFeatures(
      try part.inputs.elements(), width: shape.reduce(1, *),
      scaling: FeatureScaling(arrays.scaling))
    let count = part.inputs.shape[0]
    return FeatureExamples(
      values: .stored(source, examples: Array(0..<count)), shape: shape,
      targets: try targets(part, count: count))
  }

  /// Whole numbers are classes, one an example; others are numbers to predict.
  private static func targets(
    _ part: ArraySpec.Part, count: Int
  ) throws(DataFileError) -> Targets {
    guard let array = part.targets else { return .classes([], perExample: 1) }
    let each = array.shape.dropFirst().reduce(1, *)
    guard array.isInteger else {
      return .values(try array.finiteFloats("a target"), perExample: each)
    }
    return .classes(try array.wholeNumbers("a target"), perExample: each)
  }

  private static func rows(
    _ part: ArraySpec.Part, vocabularySize: Int?
  ) throws(DataFileError) -> SequenceExamples {
    let length = part.inputs.shape[1]
    let tokens = try part.inputs.tokens(below: vocabularySize)
    let types = try part.types?.wholeNumbers("a type") ?? []
    let lengths = try part.lengths?.lengths(upTo: length) ?? []
    guard part.targets == nil else {
      return SequenceExamples(
        length: length, tokens: tokens, lengths: lengths, types: types,
        targets: try targets(part, count: part.inputs.shape[0]))
    }
    return nextTokens(tokens, length: length, lengths: lengths, types: types)
  }

  /// Rows whose targets are their own next tokens, but for those that don't count.
  private static func nextTokens(
    _ tokens: [Int32], length: Int, lengths: [Int32], types: [Int32]
  ) -> SequenceExamples {
    var rows = SequenceExamples(predictingNextOf: tokens, length: length - 1)
    rows.lengths = lengths.map { min($0, Int32(length - 1)) }
    rows.types = stride(from: 0, to: types.count, by: length).flatMap {
      types[$0..<$0 + length - 1]
    }
    if !lengths.isEmpty, case .classes(var labels, let each) = rows.targets {
      for (row, counted) in lengths.enumerated() {
        for place in max(0, Int(counted) - 1)..<each {
          labels[row * each + place] = Targets.uncounted
        }
      }
      rows.targets = .classes(labels, perExample: each)
    }
    return rows
  }
}

extension StoredArray {
  /// Whole numbers of 32 bits.
  ///
  /// - Parameter what: what one is called in messages.
  func wholeNumbers(_ what: String) throws(DataFileError) -> [Int32] {
    let elements = try elements()
    guard let integers = try elements.integers(0..<elements.count) else {
      throw DataFileError(file: file.path, fault: ValueFault.notWhole(what: what))
    }
    var tokens: [Int32] = []
    tokens.reserveCapacity(integers.count)
    for (offset, integer) in integers.enumerated() {
      guard let token = Int32(exactly: integer) else {
        throw outside(what, integer, at: offset, allowed: Int(Int32.min)...Int(Int32.max))
      }
      tokens.append(token)
    }
    return tokens
  }

  /// Tokens of a vocabulary, in rows or in one stream, of which each is an example here.
  ///
  /// - Parameter vocabularySize: nil where the notebook does not say it: any number from 0 on then.
  func tokens(below vocabularySize: Int?) throws(DataFileError) -> [Int32] {
    let tokens = try wholeNumbers("a token")
    let allowed = 0...(vocabularySize.map { $0 - 1 } ?? Int(Int32.max))
    if let offset = tokens.firstIndex(where: { !allowed.contains(Int($0)) }) {
      throw outside("a token", Int(tokens[offset]), at: offset, allowed: allowed)
    }
    return tokens
  }

  /// Numbers of tokens that count in rows of a length: one at least.
  fileprivate func lengths(upTo length: Int) throws(DataFileError) -> [Int32] {
    let lengths = try wholeNumbers("a length")
    if let row = lengths.firstIndex(where: { !(1...length).contains(Int($0)) }) {
      throw outside("a length", Int(lengths[row]), at: row, allowed: 1...length)
    }
    return lengths
  }

  /// Numbers with fractions.
  fileprivate func finiteFloats(_ what: String) throws(DataFileError) -> [Float] {
    let values = try elements().floats()
    guard let offset = values.firstNonFinite else { return values }
    throw DataFileError(
      file: file.path,
      fault: ValueFault.notFinite(
        what: what, value: values[offset], place: ValuePlace(offset: offset, in: shape)))
  }

  /// That a number is not in a range.
  func outside(
    _ what: String, _ value: Int, at offset: Int, allowed: ClosedRange<Int>
  ) -> DataFileError {
    DataFileError(
      file: file.path,
      fault: ValueFault.outOfRange(
        what: what, value: value, place: ValuePlace(offset: offset, in: shape), allowed: allowed))
  }
}
