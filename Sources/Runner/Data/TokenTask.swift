import Training

/// Questions with one right answer, as rows of tokens: only the answer is to be predicted.
struct TokenTask {
  /// The rows with their targets.
  let examples: SequenceExamples
  /// What it is, in words.
  let description: String
  /// The first rows as people write them.
  let shown: [String]

  /// `length` random symbols 1..<symbols, the separator 0, and the symbols again.
  static func copy(length: Int, symbols: Int, examples: Int, seed: Int) -> TokenTask {
    var stream = RandomStream(seed: seed)
    var rows: [Int32] = []
    for _ in 0..<examples {
      let word = (0..<length).map { _ in Int32(1 + stream.next(below: symbols - 1)) }
      rows += word + [0] + word
    }
    // The separator stands at `length`; from there on the next symbol is known.
    let task = SequenceExamples(
      predictingNextOf: rows, length: 2 * length, firstTarget: length)
    return TokenTask(
      examples: task, description: "\(length) symbols to be copied",
      shown: shown(rows, length: 2 * length + 1) { "\($0)" })
  }

  /// `a+b=c` in decimal digits, a and b of `digits` digits and c of one more, its last digit first
  /// where it is reversed; `+` is the token 10 and `=` 11.
  static func addition(
    digits: Int, isReversed: Bool, examples: Int, seed: Int
  ) -> TokenTask {
    var stream = RandomStream(seed: seed)
    var rows: [Int32] = []
    let bound = (0..<digits).reduce(1) { power, _ in power * 10 }
    for _ in 0..<examples {
      let (a, b) = (stream.next(below: bound), stream.next(below: bound))
      let sum = decimal(a + b, digits: digits + 1)
      rows += decimal(a, digits: digits) + [10] + decimal(b, digits: digits) + [11]
      rows += isReversed ? sum.reversed() : sum
    }
    let task = SequenceExamples(
      predictingNextOf: rows, length: 3 * digits + 2, firstTarget: 2 * digits + 1)
    let signs = (0...9).map { "\($0)" } + ["+", "="]
    return TokenTask(
      examples: task, description: "sums of two numbers of \(digits) digits",
      shown: shown(rows, length: 3 * digits + 3, separator: "") { signs[Int($0)] })
  }

  /// The digits of a number, the highest first.
  private static func decimal(_ number: Int, digits: Int) -> [Int32] {
    var rest = number
    var result: [Int32] = []
    for _ in 0..<digits {
      result.append(Int32(rest % 10))
      rest /= 10
    }
    return result.reversed()
  }

  private static func shown(
    _ rows: [Int32], length: Int, separator: String = " ", _ text: (Int32) -> String
  ) -> [String] {
    stride(from: 0, to: min(3 * length, rows.count), by: length).map { first in
      let row = rows[first..<first + length].map(text).joined(separator: separator)
      return row.count <= 80 ? row : "\(row.prefix(79))…"
    }
  }
}
