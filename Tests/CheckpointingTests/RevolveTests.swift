import EngineTestSupport
import ModelGraph
import Testing

@testable import Checkpointing

@Suite("Revolve")
struct RevolveTests {
  /// t(l, s) by its recurrence.
  private static let table: [[Int]] = {
    var table = Array(repeating: Array(repeating: 0, count: 8), count: 60)
    for length in 2..<60 {
      table[length][1] = length * (length - 1) / 2
      for slots in 2..<8 {
        table[length][slots] =
          (1..<length).map { $0 + table[length - $0][slots - 1] + table[$0][slots] }.min() ?? 0
      }
    }
    return table
  }()

  @Test("The closed form is the dynamic program's")
  func closedForm() {
    for length in 1..<60 {
      for slots in 1..<8 {
        #expect(
          Revolve(slots: slots).repeatedSteps(length) == Self.table[length][slots],
          "\(length) steps, \(slots) slots")
      }
    }
  }

  @Test("A schedule repeats exactly t(l, s) blocks", arguments: 1..<8)
  func counts(slots: Int) throws {
    for length in [1, 2, 3, 5, 8, 13, 21, 34, 59] {
      // The last operation's result is there already, so the first one of each block is counted.
      let model = ModelSpec.features(
        4, loss: .meanSquaredError,
        [.repeat(length, [.linear(4), .gelu], name: "block"), .linear(1)])
      let program = Program(
        training: try differentiated(model), options: options(.revolve(slots: slots)))
      let repeated = program.instructions.filter {
        $0.phase == .recompute && $0.layer.hasSuffix("linear")
      }
      #expect(repeated.count == Self.table[length][slots], "\(length) blocks")
    }
  }
}
