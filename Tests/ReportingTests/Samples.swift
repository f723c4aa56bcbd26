import Records
import Reporting

/// Records with every kind of output, the same in every run.
enum Samples {
  static let key = String(repeating: "3f2a9c1e", count: 8)

  static let environment = EnvironmentRecord(
    numerics: "native", kernels: "avx512", threads: 2,
    engine: "0.1.0")

  /// A schedule of six blocks: forward climbs, the backward pass recomputes and falls.
  static func timeline(blocks: Int = 6) -> [MemoryRecord.TimelinePoint] {
    var points: [MemoryRecord.TimelinePoint] = []
    func add(
      _ phase: MemoryRecord.Phase, kept: Int, gradients: Int, extra: Int, workspace: Int = 0
    ) {
      points.append(
        .init(
          phase: phase, persistent: 120 << 20, gradients: gradients << 20,
          activations: (kept * 9 + extra) << 20,
          recomputed: [.recompute, .backward].contains(phase) ? extra << 19 : 0,
          workspace: workspace << 20))
    }
    for block in 0..<blocks {
      for operation in 0..<8 {
        add(
          .forward, kept: block, gradients: 0, extra: 4 + operation * 5,
          workspace: operation.isMultiple(of: 4) ? 6 : 0)
      }
    }
    add(.forward, kept: blocks, gradients: 0, extra: 34, workspace: 48)
    for block in (0..<blocks).reversed() {
      for operation in 0..<8 {
        add(
          .recompute, kept: block, gradients: (blocks - block - 1) * 7, extra: 8 + operation * 5)
      }
      for operation in 0..<12 {
        add(
          .backward, kept: block, gradients: (blocks - block - 1) * 7 + operation / 2,
          extra: 52 - operation * 3, workspace: operation.isMultiple(of: 3) ? 10 : 0)
      }
    }
    for _ in 0..<6 { add(.optimizer, kept: 0, gradients: blocks * 7, extra: 0) }
    return points
  }

  static func memory(peak: Int = 432_078_848) -> MemoryRecord {
    MemoryRecord(
      plannedPeak: peak, measuredPeak: peak, reserved: peak + 1_048_576, parameters: 41_943_040,
      gradients: 20_971_520, optimizer: 83_886_080, activations: peak - 200_000_000,
      workspace: 50_331_648, inputs: 2_867_712, kept: 57_671_680,
      peakOperation: "backward block.3.mlp.up",
      largest: [
        .init(name: "block.3.mlp.up.output", bytes: 12_582_912),
        .init(name: "head.logits|chunk", bytes: 8_388_608),
      ],
      layers: [
        .init(layer: "embedding", parameters: 1_048_576, kept: 0, recomputed: 0),
        .init(layer: "block.0", parameters: 3_145_728, kept: 1_048_576, recomputed: 9_437_184),
      ], timeline: timeline())
  }

  static func train(_ id: String = "gpt-sqrt") -> Record {
    let summary = TrainSummary(
      steps: 60, batch: 8, contextLength: 256, parameters: 10_485_760, policy: "sqrt",
      optimizer: "adamw", seed: 7, epochs: 1.25)
    var record = Record(id: id, kind: .train, status: .ok, key: key, output: .train(summary))
    record.metrics["loss"] = MetricSeries(
      points: (1...60).map { step in
        let wiggle = Double(step * 37 % 11) / 90
        return .init(step: step, value: 2.1 + 40 / Double(step + 11) + wiggle)
      })
    record.metrics["validation.loss"] = MetricSeries(
      points: [20, 40, 60].map { .init(step: $0, value: 2.3 + 38 / Double($0 + 11)) })
    record.memory = memory()
    record.recompute = RecomputeRecord(operations: 31, flopsFraction: 0.2434)
    record.timing = TimingRecord(
      stepMedian: 0.2512, forward: 0.08, backward: 0.13, recompute: 0.0312, optimizer: 0.01,
      total: 15.75, process: ProcessMemory(before: 46 << 20, peak: 460 << 20))
    record.digest = [
      "losses": String(repeating: "9b11d0c4", count: 8),
      "weights": String(repeating: "00ff17ab", count: 8),
    ]
    record.environment = environment
    return record
  }

  static func plan() -> Record {
    let policies: [(String, Int, Int, Double)] = [
      ("none", 700 << 20, 0, 0), ("sqrt", 412 << 20, 31, 0.2434), ("every: 1", 398 << 20, 48, 0.32),
      ("every: 2", 430 << 20, 40, 0.27), ("selective", 520 << 20, 12, 0.04),
      ("budget: 600 MiB", 598 << 20, 6, 0.02),
    ]
    let rows = policies.map { policy, peak, operations, fraction in
      PlanSummary.Row(
        policy: policy, memory: memory(peak: peak),
        recompute: RecomputeRecord(operations: operations, flopsFraction: fraction),
        largestBatch: (4 << 30) / peak)
    }
    let ways = [
      ("none", 700, 0), ("budget: 590 MiB", 590, 0.01), ("selective", 520, 0.04),
      ("budget: 401 MiB", 401, 0.2), ("budget: 350 MiB", 350, 0.3),
    ].map { policy, peak, fraction in
      PlanSummary.Way(
        policy: policy, peak: peak << 20, reserved: (peak + 1) << 20, flopsFraction: fraction)
    }
    return Record(
      id: "policies", kind: .plan, status: .ok, key: key,
      output: .plan(PlanSummary(rows: rows, ways: ways, limit: 600 << 20)))
  }

  static func model() -> Record {
    let layers: [ModelSummary.Row] = [
      .init(
        layer: "embedding", shape: [256, 384], count: 1, parameters: 98_304,
        activationBytes: 0, flops: 0),
      .init(
        layer: "block.*", shape: [256, 384], count: 6, parameters: 1_774_464,
        activationBytes: 6_488_064, flops: 1_006_632_960),
      .init(
        layer: "head", shape: [256, 256], count: 1, parameters: 0, activationBytes: 393_216,
        flops: 50_331_648),
    ]
    let summary = ModelSummary(
      layers: layers, parameters: 10_745_088, activationBytes: 39_321_600, flops: 6_090_129_408)
    return Record(id: "gpt", kind: .model, status: .ok, key: key, output: .model(summary))
  }

  static func data() -> Record {
    let summary = DataSummary(
      description: "bytes of 3 files", vocabularySize: 256,
      splits: [.init(name: "train", count: 18_000), .init(name: "validation", count: 2_000)],
      digest: String(repeating: "17ab00ff", count: 8),
      examples: ["# Gradient checkpointing", "```yaml {.nbrun-train #gpt}"])
    return Record(id: "corpus", kind: .data, status: .ok, key: key, output: .data(summary))
  }

  static func comparison() -> Record {
    let summary = ComparisonSummary(
      baseline: "gpt-none",
      columns: ["loss.last", "memory.peak", "digest.weights", "timing.step_median"],
      rows: [
        .init(
          cell: "gpt-none",
          values: [
            .number(2.6634), .bytes(734_003_200), .text(String(repeating: "00ff17ab", count: 8)),
            .seconds(0.2),
          ]),
        .init(
          cell: "gpt-sqrt",
          values: [
            .number(2.6634), .bytes(432_078_848), .text(String(repeating: "00ff17ab", count: 8)),
            .seconds(0.2512),
          ]),
        .init(cell: "gpt-lost", values: [nil, nil, nil, nil]),
      ],
      curves: [("gpt-none", 6), ("gpt-sqrt", 4)].map { cell, blocks in
        ComparisonSummary.Curve(cell: cell, timeline: timeline(blocks: blocks))
      })
    return Record(id: "side", kind: .compare, status: .ok, key: key, output: .compare(summary))
  }

  static func claims() -> Record {
    let claims = [
      ClaimResult(
        claim: "gpt-sqrt.memory.peak < 0.6 * gpt-none.memory.peak",
        values: [
          .init(reference: "gpt-sqrt.memory.peak", value: .bytes(432_078_848)),
          .init(reference: "gpt-none.memory.peak", value: .bytes(734_003_200)),
        ], holds: true),
      ClaimResult(
        claim: "a.memory.peak = b.memory.peak or 1 || 2",
        values: [
          .init(reference: "a.memory.peak", value: .bytes(432_078_848)),
          .init(reference: "b.memory.peak", value: .bytes(432_078_849)),
        ], holds: false),
      ClaimResult(
        claim: "a.timing.step_median < 1",
        values: [.init(reference: "a.timing.step_median", value: .seconds(0.25))], holds: true),
    ]
    return Record(id: "proof", kind: .expect, status: .ok, key: key, output: .expect(claims))
  }

  static func query(isVolatile: Bool = false) -> Record {
    let result = QueryResult(
      columns: [
        .init(name: "cell", format: .plain), .init(name: "peak_bytes", format: .bytes),
        .init(name: "value", format: .plain), .init(name: "share", format: .percent),
        .init(name: "seed", format: .exact), .init(name: "seconds", format: .seconds),
      ],
      rows: [
        [
          .text("gpt[batch=2]"), .bytes(432_078_848), .number(2.6634), .number(0.125),
          .count(12345), .seconds(0.25),
        ],
        [.text("a|b<i>\u{1B}[2J"), nil, .count(3), nil, .number(0.1), .seconds(1.5)],
      ], total: 1203, isVolatile: isVolatile)
    return Record(
      id: isVolatile ? "query-times" : "query", kind: .query, status: .ok, key: key,
      output: .query(result))
  }

  static func failure() -> Record {
    var record = Record(id: "gpt-big", kind: .train, status: .failed, key: key, output: .none)
    record.failure = FailureRecord(
      code: "memory-limit",
      message: "the plan's peak of 700.00 MiB exceeds the limit of 512.00 MiB",
      notes: [
        "the peak is reached in backward block.3.mlp.up",
        "policies that fit: sqrt (412.06 MiB), every: 1 (398.00 MiB)",
        "see \u{1B}[31m/home/someone/project/notes.txt\u{1B}[0m",
      ])
    return record
  }

  /// A run with segments that lower no peak.
  static func useless() -> Record {
    var record = train("gpt-useless")
    record.recompute = RecomputeRecord(
      operations: 48, flopsFraction: 0.32,
      uselessSegments: (1...5).map { "block.\($0)" }, uselessFlopsFraction: 0.1234)
    return record
  }

  /// Policies of which two have segments that lower no peak.
  static func uselessPolicies() -> Record {
    let rows: [(String, [String]?, Double?)] = [
      ("none", nil, nil), ("every: 1", ["block.4", "block.5"], 0.0821),
      ("blocks: [block.*.mlp]", ["block.0.mlp"], 0.0107),
    ]
    let summary = PlanSummary(
      rows: rows.map { policy, segments, fraction in
        PlanSummary.Row(
          policy: policy, memory: memory(),
          recompute: RecomputeRecord(
            operations: segments == nil ? 0 : 12, flopsFraction: segments == nil ? 0 : 0.2,
            uselessSegments: segments, uselessFlopsFraction: fraction))
      })
    return Record(
      id: "policies-useless", kind: .plan, status: .ok, key: key, output: .plan(summary))
  }

  /// Certificates: of equal cells, of cells whose gradients differ, and of an earlier version's.
  static func certificates() -> Record {
    func digest(_ digits: String) -> String { String(repeating: digits, count: 8) }
    func certificate(
      _ cells: [String], weights: String?, gradients: String?, tells: Bool?
    ) -> ComparisonSummary.Certificate {
      ComparisonSummary.Certificate(
        cells: cells, policies: ["none", "every: 1"], losses: digest("9b11d0c4"), weights: weights,
        gradients: gradients, tellsGradients: tells)
    }
    let weights = digest("00ff17ab")
    let summary = ComparisonSummary(
      baseline: "a", columns: [], rows: [],
      certificates: [
        certificate(["a", "b"], weights: weights, gradients: digest("5ca1ab1e"), tells: true),
        certificate(["c", "d"], weights: nil, gradients: nil, tells: true),
        certificate(["e", "f"], weights: weights, gradients: nil, tells: nil),
      ])
    return Record(
      id: "certificates", kind: .compare, status: .ok, key: key, output: .compare(summary))
  }

  static let identifiers = all.map(\.id)

  static var all: [Record] {
    [
      data(), model(), plan(), train(), comparison(), claims(), failure(), query(),
      query(isVolatile: true), images(), evaluation(), generation(), useless(), uselessPolicies(),
      certificates(),
    ]
  }
}
