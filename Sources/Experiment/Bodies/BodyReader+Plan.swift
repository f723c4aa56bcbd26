import Checkpointing
import ModelGraph

extension BodyReader {
  /// A plan directive.
  func plan(_ node: YAMLNode) -> PlanCell? {
    let known = [
      "model", "data", "batch", "accumulate", "clip_norm", "optimizer", "freeze", "policies",
      "offload", "cost", "precision", "memory_limit", "sweep",
    ]
    guard
      let keys = mapping(
        node, DirectiveKind.plan.owner, keys: known, place: place)
    else { return nil }
    checkSweep(keys)
    let model = keys.cell("model", [.model])
    let data = keys["data"].flatMap { cell($0, "data", [.data]) }
    let batch = keys.integer("batch", BodyLimits.sizes)
    let policies = keys["policies"].map(policies) ?? [CheckpointPolicy.none, .every(1), .sqrt]
    let (accumulate, clipNorm) = (accumulate(keys), clipNorm(keys))
    let optimizer = optimizer(keys, accumulate: accumulate, clipNorm: clipNorm)
    let limit = keys["memory_limit"].flatMap { bytes($0, "memory_limit") }
    let precision = precision(keys)
    let offload = offload(keys)
    let cost = cost(keys)
    guard let model, let batch else { return nil }
    return PlanCell(
      model: model, data: data, batch: batch, accumulate: accumulate, clipNorm: clipNorm,
      optimizer: optimizer, policies: policies, offload: offload, cost: cost, precision: precision,
      memoryLimit: limit)
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
