import Records

extension CellOutput {
  /// What the kind of cell has beyond metrics, memory and times.
  var members: [(String, JSONValue)] {
    switch self {
    case .none: []
    case .data(let data): [("data", data.json)]
    case .model(let model): [("model", model.json)]
    case .plan(let plan): plan.members
    case .train(let train): [("train", train.json)]
    case .eval(let evaluation): [("eval", evaluation.json)]
    case .generate(let generation): [("generate", generation.json)]
    case .compare(let comparison): [("compare", comparison.json)]
    case .expect(let claims): [("claims", .array(claims.map(\.json)))]
    case .query(let query): [("query", query.json)]
    case .plot(let plot): [("plot", plot.json)]
    case .sweep(let sweep): [("sweep", sweep.json)]
    }
  }
}

extension DataSummary {
  fileprivate var json: JSONValue {
    .object([
      ("description", .string(description)), ("vocab_size", .int(vocabularySize)),
      ("splits", .object(splits.map { ($0.name, .int($0.count)) })),
      ("digest", .string(digest)), ("examples", .strings(examples)),
      ("shape", shape.map { .array($0.map { .int($0) }) } ?? .null),
    ])
  }
}

extension ModelSummary {
  fileprivate var json: JSONValue {
    .object([
      ("parameters", .int(parameters)), ("activation_bytes", .int(activationBytes)),
      ("flops", .int(flops)),
      (
        "layers",
        .array(
          layers.map { layer in
            .object([
              ("layer", .string(layer.layer)), ("shape", .array(layer.shape.map { .int($0) })),
              ("count", .int(layer.count)), ("parameters", .int(layer.parameters)),
              ("activation_bytes", .int(layer.activationBytes)), ("flops", .int(layer.flops)),
            ])
          })
      ),
    ])
  }
}

extension PlanSummary.Row {
  var json: JSONValue {
    .object([
      ("policy", .string(policy)), ("memory", memory.json), ("recompute", recompute.json),
      ("largest_batch", .optional(largestBatch)),
      (
        "largest",
        .array(
          memory.largest.map { .object([("name", .string($0.name)), ("bytes", .int($0.bytes))]) })
      ),
    ])
  }
}

extension PlanSummary {
  /// The members that any object about a plan has.
  var members: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("limit", .optional(limit)), ("policies", .array(rows.map(\.json))),
    ]
    if let ways { members.append(("frontier", .array(ways.map(\.json)))) }
    if let smallest { members.append(("smallest", smallest.json)) }
    return members
  }
}

extension PlanSummary.Way {
  var json: JSONValue {
    let waits = disk.map { [("disk", JSONValue.int($0))] } ?? []
    return .object(
      [
        ("policy", .string(policy)), ("peak", .int(peak)), ("reserved", .int(reserved)),
        ("flops_fraction", .double(flopsFraction)),
      ] + waits)
  }
}

extension TrainSummary {
  fileprivate var json: JSONValue {
    .object([
      ("steps", .int(steps)), ("batch", .int(batch)),
      ("context_length", .optional(contextLength)), ("parameters", .int(parameters)),
      ("checkpoint", .string(policy)), ("optimizer", .string(optimizer)), ("seed", .int(seed)),
      ("epochs", .double(epochs)),
    ])
  }
}

extension EvaluationSummary {
  fileprivate var json: JSONValue {
    .object([
      ("split", .string(split)), ("examples", .int(examples)), ("targets", .int(targets)),
    ])
  }
}

extension GenerationSummary {
  fileprivate var json: JSONValue {
    .object([
      ("prompt", .string(prompt)), ("text", .string(text)),
      ("tokens", .array(tokens.map { .int(Int($0)) })),
    ])
  }
}

extension ComparisonSummary {
  fileprivate var json: JSONValue {
    .object([
      ("baseline", .string(baseline)), ("show", .strings(columns)),
      (
        "rows",
        .array(
          rows.map { row in
            let values = zip(columns, row.values).map { ($0, $1?.json ?? .null) }
            return .object([("cell", .string(row.cell))] + values)
          })
      ),
    ])
  }
}

extension ClaimResult {
  fileprivate var json: JSONValue {
    .object([
      ("claim", .string(claim)), ("holds", .bool(holds)), ("reason", .optional(reason)),
      ("values", .object(values.map { ($0.reference, $0.value.json) })),
    ])
  }
}

extension RecordedValue {
  /// The value without its kind, which its name tells.
  var json: JSONValue {
    switch self {
    case .bytes(let count), .count(let count): .int(count)
    case .number(let number), .seconds(let number): .double(number)
    case .text(let text): .string(text)
    }
  }
}
