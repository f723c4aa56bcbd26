/// Resolves one scalar: its type, or the parameters inserted in it.
struct ScalarConverter {
  let text: String
  let isPlain: Bool
  let parameters: [String: ParameterValue]
  /// Parameters whose declarations are faulty, which is told where they stand.
  let faulty: Set<String>
  private(set) var faults: [Fault] = []
  private var isFaulty = false

  init(
    text: String, isPlain: Bool, parameters: [String: ParameterValue], faulty: Set<String> = []
  ) {
    self.text = text
    self.isPlain = isPlain
    self.parameters = parameters
    self.faulty = faulty
  }

  /// The scalar's value: a parameter's own where nothing else is written.
  mutating func convert() -> YAMLScalar {
    let pieces = ParameterMarks.decode(text)
    if pieces.count == 1, case .parameter(let name) = pieces[0], let value = value(of: name) {
      return YAMLScalar(value: value.scalar, text: value.description, parameter: name)
    }
    let inserted = pieces.map { piece in insert(piece) }.joined()
    let isResolved = isPlain && (pieces.isEmpty || pieces == [.text(inserted)])
    let value = isResolved ? ScalarValue(plain: inserted) : .text(inserted)
    return YAMLScalar(
      value: faults.isEmpty && !isFaulty ? value : .faulty, text: inserted, parameter: nil)
  }

  private mutating func insert(_ piece: ParameterMarks.Piece) -> String {
    switch piece {
    case .text(let text): return text
    case .parameter(let name): return value(of: name)?.description ?? "${\(name)}"
    case .malformed:
      faults.append(.malformedParameter)
      return "${"
    }
  }

  private mutating func value(of name: String) -> ParameterValue? {
    if let value = parameters[name] { return value }
    guard !faulty.contains(name) else {
      isFaulty = true
      return nil
    }
    let fault = Fault.unknownParameter(name, known: faulty.union(parameters.keys).sorted())
    if !faults.contains(fault) { faults.append(fault) }
    return nil
  }
}
