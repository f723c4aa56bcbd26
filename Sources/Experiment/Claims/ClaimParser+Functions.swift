extension ClaimParser {
  /// Functions and how many arguments they take.
  private static let functions: [String: ClosedRange<Int>] = [
    "abs": 1...1, "min": 2...16, "max": 2...16,
  ]

  mutating func function(
    _ name: String, at range: Range<Int>
  ) throws(PlacedClaimFault) -> Term {
    guard takeSymbol(["("]) != nil else {
      throw isKeyword(name)
        ? fault(.unexpected(name, expected: "a value"), range) : fault(.bareName(name), range)
    }
    guard let counts = Self.functions[name.lowercased()] else {
      throw fault(.unknownFunction(name, known: Self.functions.keys.sorted()), range)
    }
    try descend(range)
    defer { depth -= 1 }
    let arguments = try arguments(of: name)
    let whole = range.lowerBound..<(try close()).upperBound
    guard counts.contains(arguments.count) else {
      let needed = counts.count == 1 ? "1 value" : "\(counts.lowerBound) values or more"
      throw fault(.argumentCount(name, found: arguments.count, needed: needed), whole)
    }
    let list = arguments.map(\.sql).joined(separator: ", ")
    return Term(
      sql: "\(name.lowercased())(\(list))", type: try commonType(arguments, name), range: whole)
  }

  private mutating func arguments(of name: String) throws(PlacedClaimFault) -> [Term] {
    var arguments: [Term] = []
    repeat {
      let argument = try sum()
      _ = try number(argument, for: name)
      arguments.append(argument)
    } while takeSymbol([","]) != nil
    return arguments
  }

  private func commonType(_ arguments: [Term], _ name: String) throws(PlacedClaimFault) -> ValueType
  {
    var common = arguments[0]
    for argument in arguments.dropFirst() {
      common.type = .number(try quantity(of: common, name, argument))
    }
    return common.type
  }
}
