import Records

extension ShownRecord {
  /// The record in the shape that NOTEBOOK-FORMAT.md promises: bytes and seconds.
  ///
  /// Members of kinds that have no such quantity are left out.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .string(record.id)), ("kind", .string(record.kind.rawValue)),
      ("status", .string(record.status.rawValue)),
      run.map { ("run", .int(Int($0))) } ?? ("cached", .bool(isCurrent)),
      ("key", .string(record.key)),
    ]
    members += record.failureMember + record.metricsMember
    members += record.memory.map { [("memory", $0.json)] } ?? []
    members += record.recompute.map { [("recompute", $0.json)] } ?? []
    members += record.costs.map { [("costs", $0.json)] } ?? []
    members += record.timing.map { [("timing", $0.json)] } ?? []
    members += record.digestMember
    members += record.environment.map { [("environment", $0.json)] } ?? []
    return .object(members + record.output.members)
  }
}

extension Record {
  fileprivate var metricsMember: [(String, JSONValue)] {
    guard !metrics.isEmpty else { return [] }
    let series = metrics.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
    return [("metrics", .object(series))]
  }

  fileprivate var digestMember: [(String, JSONValue)] {
    guard !digest.isEmpty else { return [] }
    let digests = digest.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
    return [("digest", .object(digests))]
  }

  fileprivate var failureMember: [(String, JSONValue)] {
    guard let failure else { return [] }
    return [
      (
        "failure",
        .object([
          ("code", .string(failure.code)), ("message", .string(failure.message)),
          ("notes", .strings(failure.notes)),
        ])
      )
    ]
  }
}

extension MetricSeries {
  var json: JSONValue {
    .object([
      ("first", first.map { .double($0) } ?? .null), ("last", last.map { .double($0) } ?? .null),
      ("series", .array(points.map { .array([.int($0.step), .double($0.value)]) })),
    ])
  }
}

extension MemoryRecord {
  var json: JSONValue {
    let waits = disk.map { [("disk", JSONValue.int($0))] } ?? []
    return .object(
      [
        ("planned_peak", .int(plannedPeak)), ("measured_peak", .optional(measuredPeak)),
        ("reserved", .int(reserved)), ("parameters", .int(parameters)),
        ("gradients", .int(gradients)), ("optimizer", .int(optimizer)),
        ("activations", .int(activations)), ("workspace", .int(workspace)),
        ("inputs", .int(inputs)), ("kept", .int(kept)),
        ("peak_operation", .string(peakOperation)),
      ] + waits)
  }
}

extension RecomputeRecord {
  var json: JSONValue {
    let useless = uselessSegments.map { segments -> [(String, JSONValue)] in
      [
        ("useless_segments", .array(segments.map(JSONValue.string))),
        ("useless_flops_fraction", .double(uselessFlopsFraction ?? 0)),
      ]
    }
    return .object(
      [("operations", .int(operations)), ("flops_fraction", .double(flopsFraction))]
        + (useless ?? []))
  }
}

extension CostRecord {
  /// Seconds by operation.
  var json: JSONValue {
    .object(operations.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) })
  }
}

extension TimingRecord {
  var json: JSONValue {
    let waits = disk.map { [("disk", JSONValue.double($0))] } ?? []
    return .object(
      [
        ("step_median", .double(stepMedian)), ("forward", .double(forward)),
        ("backward", .double(backward)), ("recompute", .double(recompute)),
        ("optimizer", .double(optimizer)), ("total", .double(total)),
        (
          "process",
          process.map { .object([("before", .int($0.before)), ("peak", .int($0.peak))]) } ?? .null
        ),
      ] + waits)
  }
}

extension EnvironmentRecord {
  var json: JSONValue {
    .object([
      ("numerics", .string(numerics)), ("kernels", .string(kernels)),
      // The promised shape has a BLAS; products are nbrun's own.
      ("blas", .string("none")), ("threads", .int(threads)), ("engine", .string(engine)),
    ])
  }
}
