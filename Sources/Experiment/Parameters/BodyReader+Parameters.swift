import Diagnostics

extension BodyReader {
  /// The declared parameters with their values in this run, in the order of the declarations.
  func parameters(_ node: YAMLNode, overrides: [ParameterOverride]) -> [ParameterDeclaration] {
    guard !node.isNull else { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(node, "params", expected: "a mapping")
      return []
    }
    return entries.compactMap { entry in
      guard ParameterMarks.isParameterName(entry.name) else {
        note(.invalidParameterName(entry.name), at: entry.nameRange)
        return nil
      }
      // The last override of a name wins, as on every command line.
      let override = overrides.last { $0.name == entry.name }
      return parameter(entry, override: override)
    }
  }

  private func parameter(
    _ entry: YAMLNode.Entry, override: ParameterOverride?
  ) -> ParameterDeclaration? {
    guard case .mapping = entry.value.content else { return bareParameter(entry, override) }
    let known = ["type", "default", "min", "max", "choices", "description"]
    let owner = "parameter '\(entry.name)'"
    guard let keys = mapping(entry.value, owner, keys: known, place: entry.nameRange),
      let type = parameterType(keys, name: entry.name)
    else { return nil }
    func value(_ key: String) -> ParameterValue? {
      keys[key].flatMap { parameterValue($0, entry.name, as: type) }
    }
    var declaration = ParameterDeclaration(
      name: entry.name, type: type, value: .int(0), defaultValue: value("default"),
      minimum: value("min"), maximum: value("max"),
      choices: choices(keys["choices"], entry.name, as: type),
      summary: keys["description"]?.scalar?.text)
    check(keys, against: declaration)
    guard let value = parameterValue(of: declaration, override, at: entry, keys: keys) else {
      return nil
    }
    declaration.value = value
    return declaration
  }

  /// `lr: 0.1` declares a parameter of the value's own type.
  private func bareParameter(
    _ entry: YAMLNode.Entry, _ override: ParameterOverride?
  ) -> ParameterDeclaration? {
    guard let value = entry.value.scalar.flatMap(ownValue) else {
      if entry.value.isNull {
        note(.parameterWithoutValue(entry.name), at: entry.nameRange)
      } else {
        wrongType(entry.value, "parameter '\(entry.name)'", expected: "a number, text or flag")
      }
      return nil
    }
    var declaration = ParameterDeclaration(
      name: entry.name, type: value.type, value: value, defaultValue: value, choices: [])
    if let given = override.flatMap({ self.value(of: $0, for: declaration) }) {
      declaration.value = given
    }
    return declaration
  }

  private func ownValue(_ scalar: YAMLScalar) -> ParameterValue? {
    for type in ParameterType.allCases {
      if type == .float, case .integer = scalar.value { continue }
      if let value = ParameterValue(scalar, as: type) { return value }
    }
    return nil
  }

  private func parameterType(_ keys: KeyedValues, name: String) -> ParameterType? {
    if let node = keys["type"] {
      return word(node, "type", among: ParameterType.allCases.map(\.rawValue))
        .flatMap(ParameterType.init)
    }
    if let type = keys["default"]?.scalar.flatMap(ownValue)?.type { return type }
    note(.missingKey("type", owner: keys.owner), at: keys.place)
    return nil
  }

  private func choices(
    _ node: YAMLNode?, _ name: String, as type: ParameterType
  ) -> [ParameterValue] {
    guard let node, let items = items(node, "choices") else { return [] }
    return items.compactMap { parameterValue($0, name, as: type) }
  }

  private func parameterValue(
    _ node: YAMLNode, _ name: String, as type: ParameterType
  ) -> ParameterValue? {
    if let value = node.scalar.flatMap({ ParameterValue($0, as: type) }) { return value }
    note(.parameterType(name, type: type.rawValue, found: node.found), at: node.range)
    return nil
  }
}
