import Foundation
import Records
import Testing

@Suite("Records")
struct RecordTests {
  static func record() -> Record {
    let summary = TrainSummary(
      steps: 2, batch: 4, contextLength: nil, parameters: 10, policy: "none", optimizer: "sgd",
      seed: 1, epochs: 0.5)
    var record = Record(id: "a", kind: .train, status: .ok, key: "00", output: .train(summary))
    record.metrics["loss"] = MetricSeries(points: [
      .init(step: 1, value: 3), .init(step: 2, value: 1), .init(step: 3, value: 2),
    ])
    record.memory = MemoryRecord(
      plannedPeak: 60, reserved: 64, parameters: 10, gradients: 10, optimizer: 20,
      activations: 10, workspace: 5, inputs: 5, kept: 8, peakOperation: "backward a",
      largest: [], layers: [],
      timeline: [
        .init(phase: .forward, persistent: 35, gradients: 10, activations: 10, workspace: 5)
      ])
    record.digest = ["weights": "ab"]
    return record
  }

  @Test("A record survives JSON")
  func json() throws {
    let record = Self.record()
    let data = try JSONEncoder().encode(record)
    #expect(try JSONDecoder().decode(Record.self, from: data) == record)
  }

  @Test("Values come by dotted names, sorted, each once")
  func names() {
    let names = Self.record().values.map(\.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(names.contains("memory.peak") && names.contains("digest.weights"))
  }

  @Test("A series gives its first, last and least value")
  func series() {
    let record = Self.record()
    #expect(record.value("loss.first") == .number(3))
    #expect(record.value("loss.last") == .number(2))
    #expect(record.value("loss.min") == .number(1))
  }

  @Test("The peak is the planned one until one was measured")
  func peak() {
    var record = Self.record()
    #expect(record.value("memory.peak") == .bytes(60))
    #expect(record.value("memory.measured_peak") == nil)
    record.memory?.measuredPeak = 61
    #expect(record.value("memory.peak") == .bytes(61))
    #expect(record.value("memory.planned_peak") == .bytes(60))
  }

  @Test("The live bytes of a point are the sum of their parts")
  func timeline() {
    #expect(Self.record().memory?.timeline.first?.total == 60)
  }

  @Test("Kernels make another numeric environment, the engine's version does not")
  func environment() {
    let first = EnvironmentRecord(
      numerics: "native", kernels: "avx2", threads: 1, engine: "1")
    var second = first
    second.engine = "2"
    #expect(first.identity == second.identity)
    second.kernels = "avx512"
    #expect(first.identity != second.identity)
  }
}
