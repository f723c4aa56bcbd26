/// Reads a claim and writes the SQL that decides it.
///
///     claim      = disjunction
///     disjunction = conjunction { "OR" conjunction }
///     conjunction = negation { "AND" negation }
///     negation   = "NOT" negation | comparison
///     comparison = sum [ ("<" | "<=" | ">" | ">=" | "=" | "==" | "!=" | "<>") sum ]
///     sum        = product { ("+" | "-") product }
///     product    = factor { ("*" | "/") factor }
///     factor     = "-" factor | number [unit] | reference | function "(" sum { "," sum } ")"
///                | "(" disjunction ")"
///
/// The SQL holds no text of the notebook: numbers are printed anew and references are `?`.
struct ClaimParser {
  private let text: String
  private var tokens: [ClaimToken] = []
  private var index = 0
  var depth = 0
  /// The references in the order of their placeholders.
  private(set) var references: [(value: ValueReference, range: Range<Int>)] = []
  /// Why there is no claim.
  private(set) var fault: PlacedClaimFault?

  static let deepestNesting = 64
  /// SQLite nests expressions up to 1000 deep, and a chain of operators is such a nest.
  static let mostTokens = 512

  /// SQL and the type of its value.
  struct Term {
    var sql: String
    var type: ValueType
    var range: Range<Int>
  }

  init(_ text: String) { self.text = text }

  /// The claim; nil where `fault` says why there is none.
  mutating func parse() -> Claim? {
    do throws(PlacedClaimFault) {
      tokens = try ClaimLexer.tokens(of: text)
      let term = try disjunction()
      if let token = peek {
        throw fault(.unexpected(written(token.range), expected: "an operator"), token.range)
      }
      guard term.type == .boolean else { throw fault(.notBoolean, term.range) }
      return Claim(text: text, references: references.map(\.value), sql: term.sql)
    } catch {
      fault = error
      return nil
    }
  }

  // MARK: - Conditions

  private mutating func disjunction() throws(PlacedClaimFault) -> Term {
    var left = try conjunction()
    while let word = takeWord("OR") {
      let right = try conjunction()
      left = try joined(left, word, right)
    }
    return left
  }

  private mutating func conjunction() throws(PlacedClaimFault) -> Term {
    var left = try negation()
    while let word = takeWord("AND") {
      let right = try negation()
      left = try joined(left, word, right)
    }
    return left
  }

  private mutating func negation() throws(PlacedClaimFault) -> Term {
    let start = peek?.range
    guard let word = takeWord("NOT"), let start else { return try comparison() }
    try descend(start)
    defer { depth -= 1 }
    let term = try negation()
    guard term.type == .boolean else { throw fault(.needsBoolean(operation: word), term.range) }
    return Term(
      sql: "(NOT \(term.sql))", type: .boolean, range: start.lowerBound..<term.range.upperBound)
  }

  private func joined(_ left: Term, _ word: String, _ right: Term) throws(PlacedClaimFault) -> Term
  {
    for term in [left, right] where term.type != .boolean {
      throw fault(.needsBoolean(operation: word), term.range)
    }
    return Term(
      sql: "(\(left.sql) \(word) \(right.sql))", type: .boolean, range: span(left, right))
  }

  private mutating func comparison() throws(PlacedClaimFault) -> Term {
    let left = try sum()
    guard let symbol = takeSymbol(Self.comparisons) else { return left }
    let right = try sum()
    try check(left, symbol, right)
    if let token = peek, case .symbol(let next) = token.kind, Self.comparisons.contains(next) {
      throw fault(.chainedComparison, token.range)
    }
    let operation = ["==": "=", "!=": "<>"][symbol] ?? symbol
    return Term(
      sql: "(\(left.sql) \(operation) \(right.sql))", type: .boolean, range: span(left, right))
  }

  private static let comparisons = ["<", "<=", ">", ">=", "=", "==", "!=", "<>"]

  private func check(_ left: Term, _ symbol: String, _ right: Term) throws(PlacedClaimFault) {
    if left.type.quantity != nil, right.type.quantity != nil {
      _ = try quantity(of: left, symbol, right)
      return
    }
    guard left.type == right.type, left.type != .boolean else {
      throw fault(
        .incomparable(left.type.description, right.type.description), span(left, right))
    }
    if left.type == .text, !["=", "==", "!=", "<>"].contains(symbol) {
      throw fault(.textNotOrdered, span(left, right))
    }
  }

  // MARK: - Values

  mutating func sum() throws(PlacedClaimFault) -> Term {
    var left = try product()
    while let symbol = takeSymbol(["+", "-"]) {
      let right = try product()
      left = Term(
        sql: "(\(left.sql) \(symbol) \(right.sql))",
        type: .number(try quantity(of: left, symbol, right)), range: span(left, right))
    }
    return left
  }

  private mutating func product() throws(PlacedClaimFault) -> Term {
    var left = try factor()
    while let symbol = takeSymbol(["*", "/"]) {
      let right = try factor()
      // SQLite divides integers without a remainder; a ratio of sizes has to be a real number.
      let dividend = symbol == "/" ? "CAST(\(left.sql) AS REAL)" : left.sql
      left = Term(
        sql: "(\(dividend) \(symbol) \(right.sql))",
        type: .number(try quantity(of: left, symbol, right)), range: span(left, right))
    }
    return left
  }

  /// What an operation's value counts; both sides have to be numbers that go together.
  func quantity(
    of left: Term, _ symbol: String, _ right: Term
  ) throws(PlacedClaimFault) -> Quantity {
    let (first, second) = (try number(left, for: symbol), try number(right, for: symbol))
    if symbol == "*" { return .product(first, second) }
    if symbol == "/" { return .ratio(first, second) }
    if let one = first.phrase, let other = second.phrase, !first.agrees(with: second) {
      throw fault(.unitsDiffer(operation: symbol, one, other), span(left, right))
    }
    return .joined(first, second)
  }

  func number(_ term: Term, for operation: String) throws(PlacedClaimFault) -> Quantity {
    guard let quantity = term.type.quantity else {
      throw fault(.needsNumber(operation: operation), term.range)
    }
    return quantity
  }

  private mutating func factor() throws(PlacedClaimFault) -> Term {
    guard let token = peek else { throw unfinished("a value") }
    index += 1
    switch token.kind {
    case .integer(let value, let quantity):
      return Term(sql: "\(value)", type: .number(quantity), range: token.range)
    case .number(let value, let quantity):
      return Term(sql: "\(value)", type: .number(quantity), range: token.range)
    case .reference(let reference):
      references.append((reference, token.range))
      return Term(sql: "?", type: ValueType(ofName: reference.name), range: token.range)
    case .name(let name): return try function(name, at: token.range)
    case .symbol("("): return try group(from: token.range)
    case .symbol("-"): return try minus(from: token.range)
    case .symbol(let symbol):
      throw fault(.unexpected(symbol, expected: "a value"), token.range)
    }
  }

  private mutating func minus(from start: Range<Int>) throws(PlacedClaimFault) -> Term {
    try descend(start)
    defer { depth -= 1 }
    let term = try factor()
    let quantity = try number(term, for: "-")
    return Term(
      sql: "(- \(term.sql))", type: .number(quantity),
      range: start.lowerBound..<term.range.upperBound)
  }

  private mutating func group(from start: Range<Int>) throws(PlacedClaimFault) -> Term {
    try descend(start)
    defer { depth -= 1 }
    var term = try disjunction()
    term.range = start.lowerBound..<(try close()).upperBound
    return term
  }

  // MARK: - Tokens

  var peek: ClaimToken? { index < tokens.count ? tokens[index] : nil }

  mutating func takeSymbol(_ symbols: [String]) -> String? {
    guard case .symbol(let symbol) = peek?.kind, symbols.contains(symbol) else { return nil }
    index += 1
    return symbol
  }

  private mutating func takeWord(_ word: String) -> String? {
    guard case .name(let name) = peek?.kind, name.uppercased() == word else { return nil }
    index += 1
    return word
  }

  mutating func close() throws(PlacedClaimFault) -> Range<Int> {
    guard let token = peek else { throw unfinished("')'") }
    guard takeSymbol([")"]) != nil else {
      throw fault(.unexpected(written(token.range), expected: "')'"), token.range)
    }
    return token.range
  }

  mutating func descend(_ range: Range<Int>) throws(PlacedClaimFault) {
    depth += 1
    guard depth <= Self.deepestNesting else { throw fault(.nestedTooDeep, range) }
  }

  func isKeyword(_ name: String) -> Bool {
    ["AND", "OR", "NOT"].contains(name.uppercased())
  }

  private func written(_ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  private func span(_ left: Term, _ right: Term) -> Range<Int> {
    left.range.lowerBound..<right.range.upperBound
  }

  private func unfinished(_ expected: String) -> PlacedClaimFault {
    let end = text.utf8.count
    return fault(.unfinished(expected: expected), max(0, end - 1)..<end)
  }

  func fault(_ fault: ClaimFault, _ range: Range<Int>) -> PlacedClaimFault {
    PlacedClaimFault(fault: fault, range: range)
  }
}
