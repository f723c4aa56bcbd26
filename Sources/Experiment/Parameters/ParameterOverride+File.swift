public import Diagnostics

extension ParameterOverride {
  /// Reads a parameter file: one YAML (or JSON) mapping of names to values.
  public static func read(
    _ source: SourceText
  ) -> (overrides: [ParameterOverride], diagnostics: [Diagnostic]) {
    var composer = YAMLComposer(YAMLText(source), parameters: nil)
    let root = composer.compose()
    var faults = composer.faults
    var overrides: [ParameterOverride] = []
    switch root?.content {
    case .mapping(let entries): overrides = entries.compactMap { read($0, source, &faults) }
    case nil: break
    default:
      let fault = Fault.wrongType(
        what: "a parameter file", expected: "a mapping", found: root?.found ?? "nothing")
      faults.append(PlacedFault(fault, at: root?.range ?? 0..<0))
    }
    return (overrides, faults.map { $0.diagnostic(in: source) })
  }

  private static func read(
    _ entry: YAMLNode.Entry, _ source: SourceText, _ faults: inout [PlacedFault]
  ) -> ParameterOverride? {
    guard let scalar = entry.value.scalar, scalar.value != .null else {
      let fault = Fault.wrongType(
        what: "parameter '\(entry.name)'", expected: "a number, text or flag",
        found: entry.value.found)
      faults.append(PlacedFault(fault, at: entry.value.range))
      return nil
    }
    let line = source.position(at: entry.nameRange.lowerBound).line
    return ParameterOverride(
      name: entry.name, text: scalar.text, origin: "\(source.name):\(line)")
  }
}
