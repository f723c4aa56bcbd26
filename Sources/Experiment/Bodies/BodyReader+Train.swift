import Checkpointing
import Diagnostics
import ModelGraph

extension BodyReader {
  private static let trainKeys = [
    "model", "data", "steps", "epochs", "batch", "drop_last", "seed", "optimizer", "schedule",
    "precision",
    "accumulate", "clip_norm", "checkpoint", "offload", "cost", "memory_limit", "log_every",
    "evaluate",
    "save", "freeze", "verify", "sweep",
  ]

  /// A train directive.
  func train(_ node: YAMLNode) -> TrainCell? {
    guard
      let keys = mapping(
        node, DirectiveKind.train.owner, keys: Self.trainKeys, place: place)
    else { return nil }
    checkSweep(keys)
    let model = keys.cell("model", [.model])
    let data = keys.cell("data", [.data])
    let duration = duration(keys)
    let batch = keys.integer("batch", BodyLimits.sizes)
    let (accumulate, clipNorm) = (accumulate(keys), clipNorm(keys))
    let cell = TrainCell(
      model: model ?? "", data: data ?? "", duration: duration ?? .steps(1), batch: batch ?? 1,
      dropLast: keys.flag("drop_last", default: true),
      accumulate: accumulate, seed: seed(keys),
      optimizer: optimizer(keys, accumulate: accumulate, clipNorm: clipNorm),
      schedule: schedule(keys["schedule"]), clipNorm: clipNorm,
      checkpoint: keys["checkpoint"].flatMap(policy) ?? .none, offload: offload(keys),
      cost: cost(keys),
      precision: precision(keys),
      memoryLimit: keys["memory_limit"].flatMap { bytes($0, "memory_limit") },
      logEvery: keys.integer("log_every", BodyLimits.steps, default: 1) ?? 1,
      evaluation: keys["evaluate"].flatMap(evaluation),
      verifiesReplay: keys["verify"].map { word($0, "verify", among: ["replay"]) } ?? nil != nil,
      save: keys["save"].flatMap(savedFolder))
    checkWarmup(of: cell, at: keys["schedule"]?.range ?? place)
    return model == nil || data == nil || duration == nil || batch == nil ? nil : cell
  }

  private func duration(_ keys: KeyedValues) -> TrainCell.Duration? {
    switch (keys["steps"], keys["epochs"]) {
    case (let steps?, nil): integer(steps, "steps", BodyLimits.steps).map { .steps($0) }
    case (nil, let epochs?): integer(epochs, "epochs", BodyLimits.steps).map { .epochs($0) }
    case (nil, nil): unknownDuration(.missingOneOf(["steps", "epochs"], owner: keys.owner), place)
    case (.some, .some):
      unknownDuration(
        .conflictingKeys(["steps", "epochs"], owner: keys.owner), keys.keyRange("epochs"))
    }
  }

  private func unknownDuration(_ fault: Fault, _ range: ByteRange) -> TrainCell.Duration? {
    note(fault, at: range)
    return nil
  }

  /// What activations are stored as.
  func precision(_ keys: KeyedValues) -> Precision {
    let names = Precision.allCases.map(\.rawValue)
    return keys["precision"].flatMap { word($0, "precision", among: names) }
      .flatMap(Precision.init) ?? .f32
  }

  /// Whether values may wait for the backward pass on disk.
  func offload(_ keys: KeyedValues) -> DiskOffload? {
    let place = keys["offload"].flatMap { word($0, "offload", among: ["none", "disk"]) }
    return place == "disk" ? DiskOffload() : nil
  }

  private func evaluation(_ node: YAMLNode) -> TrainCell.Evaluation? {
    guard let keys = mapping(node, "evaluate", keys: ["every", "split", "metrics"]) else {
      return nil
    }
    let every = keys.integer("every", BodyLimits.steps)
    let names = TrainCell.Split.allCases.map(\.rawValue)
    let split =
      keys["split"].map { word($0, "split", among: names).flatMap(TrainCell.Split.init) }
      ?? .validation
    let metrics = keys["metrics"].map(metrics) ?? []
    guard let every, let split else { return nil }
    return TrainCell.Evaluation(every: every, split: split, metrics: metrics)
  }

  /// `[accuracy, {top_k: 5}, perplexity]`.
  func metrics(_ node: YAMLNode) -> [EvaluationMetric] {
    for item in items(node, "metrics") ?? [] {
      guard let metric = metric(item) else { continue }
      if metrics.contains(where: { $0.metric == metric }) {
        note(.repeatedItem(metric.name, what: "metrics"), at: item.range)
      }
      metrics.append((metric, item.range))
    }
    return metrics.map(\.metric)
  }

  private func metric(_ node: YAMLNode) -> EvaluationMetric? {
    guard let choice = variant(node, "metric", known: ["accuracy", "top_k", "perplexity"]) else {
      return nil
    }
    switch (choice.name, choice.details) {
    case ("top_k", let k?): return integer(k, "top_k", BodyLimits.sizes).map { .topK($0) }
    case ("top_k", nil):
      let expected = "written with a value such as '{top_k: 5}'"
      note(.wrongType(what: "'top_k'", expected: expected, found: "nothing"), at: choice.range)
      return nil
    case (_, let details?):
      wrongType(details, "'\(choice.name)'", expected: "written alone")
      return nil
    default: return choice.name == "accuracy" ? .accuracy : .perplexity
    }
  }

  /// Batches whose gradients add up.
  func accumulate(_ keys: KeyedValues) -> Int {
    keys.integer("accumulate", BodyLimits.sizes, default: 1) ?? 1
  }

  /// The norm that gradients are clipped to.
  func clipNorm(_ keys: KeyedValues) -> Float? {
    keys["clip_norm"].flatMap { number($0, "clip_norm", .positive) }.map(Float.init)
  }

  /// A folder below the project's own.
  private func savedFolder(_ node: YAMLNode) -> String? {
    guard let path = text(node, "save") else { return nil }
    do throws(FileFault) {
      let pattern = try GlobPattern(path.hasSuffix("/") ? String(path.dropLast()) : path)
      guard pattern.isLiteral else { throw .invalidPath(path) }
      return pattern.segments.joined(separator: "/")
    } catch {
      note(.file(error), at: node.range)
      return nil
    }
  }

  private func checkWarmup(of cell: TrainCell, at range: ByteRange) {
    guard case .steps(let steps) = cell.duration, cell.schedule.warmup > steps,
      cell.schedule.warmup > 0
    else { return }
    note(.warmupTooLong(warmup: cell.schedule.warmup, steps: steps), at: range)
  }
}
