import Checkpointing
import Digests
import ModelGraph

extension KeyFields {
  /// Adds a body's own values; the cells it refers to are added by their keys.
  mutating func add(_ body: CellBody) {
    switch body {
    case .data(let data): add(data)
    case .model(let model):
      add(model.spec)
      if let pretrained = model.pretrained {
        for file in pretrained.files { add("weights.\(file.name)", file.digest.hex) }
      }
    case .plan(let plan): add(plan)
    case .train(let train): add(train)
    case .eval(let eval): add(eval)
    case .generate(let generate): add(generate)
    case .compare(let compare):
      add("cells", compare.cells)
      add("baseline", compare.baseline)
      add("show", compare.show)
    case .expect(let claims):
      add("claims", claims) { fields, name, claim in
        fields.add(name, claim.sql)
        fields.add("\(name).values", claim.references.map { "\($0.cell).\($0.path)" })
      }
    case .query(let query): add(query)
    case .plot(let plot): add(plot)
    case .sweep(let sweep):
      add("points", sweep.points.map(\.id))
      add("columns", sweep.columns)
    }
  }

  private mutating func add(_ query: QueryCell) {
    add("sql", query.sql.text)
    add("scope", query.scope.rawValue)
    add("cells", query.cells)
    add("max_rows", query.maxRows)
    for (column, format) in query.formats.sorted(by: { $0.key < $1.key }) {
      add("format.\(column)", format.rawValue)
    }
  }

  private mutating func add(_ eval: EvalCell) {
    add("split", eval.split.rawValue)
    // Tables are read by what the training's own says of their columns.
    if eval.data != nil { add("columns", "trained") }
    add("batch", eval.batch)
    add("metrics", eval.metrics.map(\.name))
  }

  private mutating func add(_ generate: GenerateCell) {
    switch generate.prompt {
    case .text(let text): add("prompt", text)
    case .tokens(let tokens): add("prompt.tokens", tokens.map { "\($0)" })
    }
    add("tokens", generate.tokens)
    add("temperature", generate.temperature)
    add("top_k", generate.topK)
    if let topP = generate.topP { add("top_p", topP) }
    add("seed", generate.seed)
  }

  /// Adds files by their contents; the paths say in which order they are read.
  mutating func add(_ files: [ResolvedFile]) {
    add("files", files.map(\.path))
    for file in files { add("file \(file.path)", file.digest.hex) }
  }

  private mutating func add(_ plan: PlanCell) {
    add("batch", plan.batch)
    if plan.accumulate > 1 { add("accumulate", plan.accumulate) }
    if let norm = plan.clipNorm { add("clip_norm", norm) }
    add(plan.optimizer)
    add("policies", plan.policies.map(\.description))
    if plan.offload != nil { add("offload", "disk") }
    if plan.cost != .model { add("cost", plan.cost.rawValue) }
    add("precision", plan.precision.rawValue)
    add("memory_limit", plan.memoryLimit)
  }

  private mutating func add(_ train: TrainCell) {
    switch train.duration {
    case .steps(let steps): add("steps", steps)
    case .epochs(let epochs): add("epochs", epochs)
    }
    add("batch", train.batch)
    if !train.dropLast { add("drop_last", train.dropLast) }
    add("accumulate", train.accumulate)
    add("seed", train.seed)
    add(train.optimizer)
    add(train.schedule)
    add("clip_norm", train.clipNorm)
    add("checkpoint", train.checkpoint.description)
    if train.offload != nil { add("offload", "disk") }
    // A written policy is the same at all costs.
    if train.needsMeasuredCosts { add("cost", train.cost.rawValue) }
    add("precision", train.precision.rawValue)
    add("memory_limit", train.memoryLimit)
    add("log_every", train.logEvery)
    if train.verifiesReplay { add("verify", "replay") }
    if let folder = train.save { add("save", folder) }
    if let evaluation = train.evaluation {
      add("evaluate.every", evaluation.every)
      add("evaluate.split", evaluation.split.rawValue)
      if !evaluation.metrics.isEmpty {
        add("evaluate.metrics", evaluation.metrics.map(\.name))
      }
    }
  }
}
