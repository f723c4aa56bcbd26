import Diagnostics

extension BodyReader {
  /// Checks a declaration against itself: its default is in range and among the choices.
  func check(_ keys: KeyedValues, against declaration: ParameterDeclaration) {
    if let least = declaration.minimum, let greatest = declaration.maximum,
      greatest.isLess(than: least), let node = keys["max"]
    {
      note(
        .tooSmall(what: "max", found: "\(greatest)", least: "at least the min \(least)"),
        at: node.range)
    }
    if let value = declaration.defaultValue, let node = keys["default"],
      let fault = fault(of: value, in: declaration)
    {
      note(fault, at: node.range)
    }
  }

  /// The value in this run: the override's, or the default.
  ///
  /// With a faulty override the default serves to read the rest, so that its fault is told once.
  func parameterValue(
    of declaration: ParameterDeclaration, _ override: ParameterOverride?,
    at entry: YAMLNode.Entry, keys: KeyedValues
  ) -> ParameterValue? {
    if let value = override.flatMap({ value(of: $0, for: declaration) }) { return value }
    if let value = declaration.defaultValue { return value }
    // A faulty default is already reported, and so is a faulty override.
    if keys["default"] == nil, override == nil {
      note(.parameterWithoutValue(entry.name), at: entry.nameRange)
    }
    return nil
  }

  /// The value that an override gives a parameter; nil where that is not allowed.
  func value(
    of override: ParameterOverride, for declaration: ParameterDeclaration
  ) -> ParameterValue? {
    guard let value = ParameterValue(argument: override.text, as: declaration.type) else {
      let found = "'\(abbreviated(override.text))'"
      let type = declaration.type.rawValue
      note(.parameterType(override.name, type: type, found: found), from: override)
      return nil
    }
    if let fault = fault(of: value, in: declaration) {
      note(fault, from: override)
      return nil
    }
    return value
  }

  private func fault(
    of value: ParameterValue, in declaration: ParameterDeclaration
  ) -> Fault? {
    let what = "parameter '\(declaration.name)'"
    if let least = declaration.minimum, value.isLess(than: least) {
      return .tooSmall(what: what, found: "\(value)", least: "at least \(least)")
    }
    if let greatest = declaration.maximum, greatest.isLess(than: value) {
      return .tooLarge(what: what, found: "\(value)", greatest: "at most \(greatest)")
    }
    if !declaration.choices.isEmpty, !declaration.choices.contains(value) {
      let choices = declaration.choices.map(\.description)
      return .parameterChoice(declaration.name, found: "\(value)", choices: choices)
    }
    return nil
  }
}
