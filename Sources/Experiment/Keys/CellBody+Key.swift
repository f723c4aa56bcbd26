import Checkpointing
import Digests
import ModelGraph

extension KeyFields {
  /// Adds a body's own values; the cells it refers to are added by their keys.
  mutating func add(_ body: CellBody) {
    switch body {
    case .data(let data): add(data)
    case .model(let model): add(model)
    case .plan(let plan): add(plan)
    case .train(let train): add(train)
    case .compare(let compare):
      add("cells", compare.cells)
      add("baseline", compare.baseline)
      add("show", compare.show)
    case .expect(let claims):
      add("claims", claims) { fields, name, claim in
        fields.add(name, claim.sql)
        fields.add("\(name).values", claim.references.map { "\($0.cell).\($0.path)" })
      }
    }
  }

  /// Adds files by their contents; the paths say in which order they are read.
  mutating func add(_ files: [ResolvedFile]) {
    add("files", files.map(\.path))
    for file in files { add("file \(file.path)", file.digest.hex) }
  }

  private mutating func add(_ plan: PlanCell) {
    add("batch", plan.batch)
    add(plan.optimizer)
    add("policies", plan.policies.map(\.description))
    add("precision", plan.precision.rawValue)
    add("memory_limit", plan.memoryLimit)
  }

  private mutating func add(_ train: TrainCell) {
    switch train.duration {
    case .steps(let steps): add("steps", steps)
    case .epochs(let epochs): add("epochs", epochs)
    }
    add("batch", train.batch)
    add("accumulate", train.accumulate)
    add("seed", train.seed)
    add(train.optimizer)
    add(train.schedule)
    add("clip_norm", train.clipNorm)
    add("checkpoint", train.checkpoint.description)
    add("precision", train.precision.rawValue)
    add("memory_limit", train.memoryLimit)
    add("log_every", train.logEvery)
    if let evaluation = train.evaluation {
      add("evaluate.every", evaluation.every)
      add("evaluate.split", evaluation.split.rawValue)
    }
  }

  private mutating func add(_ optimizer: OptimizerSpec) {
    add("optimizer", optimizer.name)
    switch optimizer {
    case .sgd(let learningRate, let momentum, let weightDecay):
      add("optimizer.lr", learningRate)
      add("optimizer.momentum", momentum)
      add("optimizer.weight_decay", weightDecay)
    case .adamw(let learningRate, let beta1, let beta2, let epsilon, let weightDecay):
      add("optimizer.lr", learningRate)
      add("optimizer.beta1", beta1)
      add("optimizer.beta2", beta2)
      add("optimizer.eps", epsilon)
      add("optimizer.weight_decay", weightDecay)
    }
  }

  private mutating func add(_ schedule: LearningRateSchedule) {
    add("schedule.warmup", schedule.warmup)
    switch schedule {
    case .constant: add("schedule", "constant")
    case .linear(_, let floor):
      add("schedule", "linear")
      add("schedule.floor", floor)
    case .cosine(_, let floor):
      add("schedule", "cosine")
      add("schedule.floor", floor)
    }
  }
}
