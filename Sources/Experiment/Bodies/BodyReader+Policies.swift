import Checkpointing
import ModelGraph

extension BodyReader {
  /// Policies that are written alone.
  private static let plainPolicies: [String: CheckpointPolicy] = [
    "none": .none, "sqrt": .sqrt, "selective": .selective, "minimum": .minimum,
    "auto": .budget(.automatic),
  ]

  /// Policies that are written with a value, each with an example.
  private static let valuedPolicies = [
    "every": "{every: 2}", "blocks": "{blocks: [mlp]}", "revolve": "{revolve: 3}",
    "keep": "{keep: [attention]}", "drop": "{drop: [gelu]}", "budget": "{budget: 900 MiB}",
  ]

  private static let policies = [
    "none", "sqrt", "selective", "minimum", "auto", "every", "blocks", "revolve", "keep", "drop",
    "budget",
  ]

  /// `none`, `sqrt`, `selective`, `minimum`, `auto`, `{every: 2}`, `{blocks: [names]}`,
  /// `{revolve: 3}`, `{keep: [names]}`, `{drop: [names]}`, `{budget: 900 MiB}`, `{budget: 60%}`.
  func policy(_ node: YAMLNode) -> CheckpointPolicy? {
    guard let choice = variant(node, "checkpoint policy", known: Self.policies) else {
      return nil
    }
    guard let plain = Self.plainPolicies[choice.name] else { return valuedPolicy(choice) }
    if choice.hasDetails, let details = choice.details {
      wrongType(details, "'\(choice.name)'", expected: "written alone")
      return nil
    }
    return plain
  }

  /// `model` or `measured`; the notebook's setting where the directive has none.
  func cost(_ keys: KeyedValues) -> CostSource {
    keys["cost"].flatMap(costSource) ?? settings.cost
  }

  /// `model` or `measured`.
  func costSource(_ node: YAMLNode) -> CostSource? {
    word(node, "cost", among: CostSource.allCases.map(\.rawValue)).flatMap(CostSource.init)
  }

  private func valuedPolicy(_ choice: Variant) -> CheckpointPolicy? {
    guard let details = choice.details, choice.hasDetails else {
      let example = Self.valuedPolicies[choice.name] ?? ""
      let expected = "written with a value such as '\(example)'"
      note(
        .wrongType(what: "'\(choice.name)'", expected: expected, found: "nothing"),
        at: choice.range)
      return nil
    }
    switch choice.name {
    case "every": return integer(details, "every", 1...BodyLimits.layers).map { .every($0) }
    case "revolve":
      return integer(details, "revolve", 1...BodyLimits.layers).map { .revolve(slots: $0) }
    case "budget": return budget(details)
    default: return namedPolicy(choice.name, details)
    }
  }

  private func namedPolicy(_ kind: String, _ details: YAMLNode) -> CheckpointPolicy? {
    let names = texts(details, kind)
    guard !names.isEmpty else { return nil }
    let texts = names.map(\.text)
    guard kind != "blocks" else {
      blockNames += names
      return .blocks(texts)
    }
    valueNames += names
    return kind == "keep" ? .keep(texts) : .drop(texts)
  }

  /// Bytes of the whole step, `auto`, or a share of the values that a step without checkpointing keeps.
  private func budget(_ node: YAMLNode) -> CheckpointPolicy? {
    guard case .text(let text) = node.scalar?.value else {
      return bytes(node, "budget").map { .budget(.bytes($0)) }
    }
    if text == "auto" { return .budget(.automatic) }
    guard text.hasSuffix("%") else { return bytes(node, "budget").map { .budget(.bytes($0)) } }
    guard let percent = Double(text.dropLast()), percent >= 0, percent <= 100 else {
      wrongType(node, "budget", expected: "a size such as '900 MiB', or 0% to 100%")
      return nil
    }
    return .budget(.fraction(percent / 100))
  }
}
