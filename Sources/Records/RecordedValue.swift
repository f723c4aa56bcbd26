/// A single recorded value and what it measures.
public enum RecordedValue: Codable, Sendable, Equatable {
  /// A size in bytes; exact.
  case bytes(Int)
  /// A count; exact.
  case count(Int)
  /// A number computed by training; compared within tolerances.
  case number(Double)
  /// A time in seconds; volatile.
  case seconds(Double)
  /// A digest, a name, a policy; exact.
  case text(String)
}

extension Record {
  /// Every single value of the record by its dotted name without the cell's id, sorted by name.
  ///
  /// Names: `loss.first`, `loss.last`, `loss.min`, `memory.peak` (the measured one where something
  /// ran, else the planned one), `memory.planned_peak`, `memory.measured_peak`, `memory.reserved`,
  /// `memory.parameters`, `memory.gradients`, `memory.optimizer`, `memory.activations`,
  /// `memory.workspace`, `memory.inputs`, `memory.kept`, `memory.disk`, `recompute.operations`,
  /// `recompute.flops_fraction`, `timing.step_median`, `timing.forward`, …, `digest.losses`,
  /// `digest.weights`, `digest.gradients`, `steps`, `parameters`.
  public var values: [(name: String, value: RecordedValue)] {
    var values = metricValues + memoryValues + timingValues + outputValues
    values += digest.map { ("digest.\($0.key)", .text($0.value)) }
    return values.sorted { $0.name < $1.name }
  }

  /// The value of that dotted name.
  public func value(_ name: String) -> RecordedValue? {
    values.first { $0.name == name }?.value
  }

  private var metricValues: [(name: String, value: RecordedValue)] {
    // An evaluation has one value a metric.
    if case .eval = output {
      return metrics.compactMap { name, series in series.last.map { (name, .number($0)) } }
    }
    return metrics.flatMap { name, series -> [(name: String, value: RecordedValue)] in
      guard let first = series.first, let last = series.last else { return [] }
      let least = series.points.map(\.value).min() ?? first
      return [
        ("\(name).first", .number(first)), ("\(name).last", .number(last)),
        ("\(name).min", .number(least)),
      ]
    }
  }

  private var memoryValues: [(name: String, value: RecordedValue)] {
    var values: [(name: String, value: RecordedValue)] = []
    if let memory {
      values += [
        ("memory.peak", .bytes(memory.measuredPeak ?? memory.plannedPeak)),
        ("memory.planned_peak", .bytes(memory.plannedPeak)),
        ("memory.reserved", .bytes(memory.reserved)),
        ("memory.parameters", .bytes(memory.parameters)),
        ("memory.gradients", .bytes(memory.gradients)),
        ("memory.optimizer", .bytes(memory.optimizer)),
        ("memory.activations", .bytes(memory.activations)),
        ("memory.workspace", .bytes(memory.workspace)),
        ("memory.inputs", .bytes(memory.inputs)),
        ("memory.kept", .bytes(memory.kept)),
      ]
      if let measured = memory.measuredPeak {
        values.append(("memory.measured_peak", .bytes(measured)))
      }
      if let disk = memory.disk { values.append(("memory.disk", .bytes(disk))) }
    }
    if let recompute {
      values += [
        ("recompute.operations", .count(recompute.operations)),
        ("recompute.flops_fraction", .number(recompute.flopsFraction)),
      ]
    }
    return values
  }

  private var timingValues: [(name: String, value: RecordedValue)] {
    guard let timing else { return [] }
    return [
      ("timing.step_median", .seconds(timing.stepMedian)),
      ("timing.forward", .seconds(timing.forward)),
      ("timing.backward", .seconds(timing.backward)),
      ("timing.recompute", .seconds(timing.recompute)),
      ("timing.optimizer", .seconds(timing.optimizer)),
    ] + (timing.disk.map { [("timing.disk", .seconds($0))] } ?? []) + [
      ("timing.total", .seconds(timing.total))
    ]
  }

  private var outputValues: [(name: String, value: RecordedValue)] {
    switch output {
    case .train(let train):
      [("steps", .count(train.steps)), ("parameters", .count(train.parameters))]
    case .model(let model):
      [
        ("parameters", .count(model.parameters)), ("flops", .count(model.flops)),
        ("activation_bytes", .bytes(model.activationBytes)),
      ]
    case .data(let data):
      [("vocab_size", .count(data.vocabularySize)), ("digest.\(data.unit)", .text(data.digest))]
        + data.splits.map { ("\($0.name).\(data.unit)", .count($0.count)) }
    case .plan(let plan):
      plan.rows.flatMap(\.values)
        + (plan.smallest.map {
          [
            ("smallest.memory.peak", .bytes($0.peak)),
            ("smallest.memory.reserved", .bytes($0.reserved)),
          ]
        } ?? [])
    case .eval(let evaluation):
      [("examples", .count(evaluation.examples)), ("targets", .count(evaluation.targets))]
    case .generate(let generation): [("tokens", .count(generation.tokens.count))]
    case .query(let query): query.values
    case .sweep(let sweep):
      sweep.values
    case .none, .compare, .expect, .plot:
      []
    }
  }
}

extension PlanSummary.Row {
  /// The row's values, each named after its policy.
  fileprivate var values: [(name: String, value: RecordedValue)] {
    let values: [(String, RecordedValue)] = [
      ("memory.peak", .bytes(memory.plannedPeak)), ("memory.reserved", .bytes(memory.reserved)),
      ("memory.activations", .bytes(memory.activations)), ("memory.kept", .bytes(memory.kept)),
      ("recompute.operations", .count(recompute.operations)),
      ("recompute.flops_fraction", .number(recompute.flopsFraction)),
    ]
    let batch = largestBatch.map { [("largest_batch", RecordedValue.count($0))] } ?? []
    let disk = memory.disk.map { [("memory.disk", RecordedValue.bytes($0))] } ?? []
    return (values + disk + batch).map { ("\(policy).\($0.0)", $0.1) }
  }
}
