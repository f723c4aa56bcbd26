import Checkpointing
import ModelGraph

extension BodyReader {
  private static let policies = ["none", "sqrt", "every", "blocks"]
  private static let laterPolicies = ["revolve", "selective", "budget"]

  /// `none`, `sqrt`, `{every: 2}`, `{blocks: [names]}`.
  func policy(_ node: YAMLNode) -> CheckpointPolicy? {
    guard
      let choice = variant(
        node, "checkpoint policy", known: Self.policies, later: Self.laterPolicies)
    else { return nil }
    switch choice.name {
    case "every", "blocks": return detailedPolicy(choice)
    default:
      if choice.hasDetails, let details = choice.details {
        wrongType(details, "'\(choice.name)'", expected: "written alone")
        return nil
      }
      return choice.name == "none" ? CheckpointPolicy.none : .sqrt
    }
  }

  private func detailedPolicy(_ choice: Variant) -> CheckpointPolicy? {
    guard let details = choice.details, choice.hasDetails else {
      let example = choice.name == "every" ? "{every: 2}" : "{blocks: [mlp]}"
      let expected = "written with a value such as '\(example)'"
      note(
        .wrongType(what: "'\(choice.name)'", expected: expected, found: "nothing"),
        at: choice.range)
      return nil
    }
    if choice.name == "every" {
      return integer(details, "every", 1...BodyLimits.layers).map { .every($0) }
    }
    let names = texts(details, "blocks")
    blockNames += names
    return names.isEmpty ? nil : .blocks(names.map(\.text))
  }

  /// A plan directive.
  func plan(_ node: YAMLNode) -> PlanCell? {
    let known = ["model", "data", "batch", "optimizer", "policies", "precision", "memory_limit"]
    guard
      let keys = mapping(
        node, DirectiveKind.plan.owner, keys: known, later: ["sweep"], place: place)
    else { return nil }
    let model = keys.cell("model", [.model])
    let data = keys["data"].flatMap { cell($0, "data", [.data]) }
    let batch = keys.integer("batch", BodyLimits.sizes)
    let policies = keys["policies"].map(policies) ?? [CheckpointPolicy.none, .every(1), .sqrt]
    let optimizer = optimizer(keys["optimizer"])
    let limit = keys["memory_limit"].flatMap { bytes($0, "memory_limit") }
    guard let model, let batch else { return nil }
    return PlanCell(
      model: model, data: data, batch: batch, optimizer: optimizer, policies: policies,
      precision: precision(keys), memoryLimit: limit)
  }

  private func policies(_ node: YAMLNode) -> [CheckpointPolicy] {
    var policies: [CheckpointPolicy] = []
    for item in items(node, "policies") ?? [] {
      guard let policy = policy(item) else { continue }
      if policies.contains(policy) {
        note(.repeatedItem("\(policy)", what: "policies"), at: item.range)
      }
      policies.append(policy)
    }
    return policies
  }
}
