import Synchronization
import Testing

@testable import nbrun_bench

@Suite("Runs that take turns")
struct TurnsTests {
  private struct Failure: Error, Equatable {
    let number: Int
  }

  @Test("One runs at a time, a step each, whoever ends first")
  func alternate() throws {
    let steps = Mutex<[Int]>([])
    let counts = try Turns.taken(by: 3) { number, turns in
      let count = [2, 4, 1][number]
      for _ in 0..<count {
        steps.withLock { $0.append(number) }
        turns.pass(by: number)
      }
      return count
    }
    #expect(counts == [2, 4, 1])
    #expect(steps.withLock { $0 } == [0, 1, 2, 0, 1, 1, 1])
  }

  @Test("One that fails keeps nobody waiting, and its error is told")
  func failure() {
    let steps = Mutex(0)
    #expect(throws: Failure(number: 0)) {
      try Turns.taken(by: 2) { number, turns in
        guard number > 0 else { throw Failure(number: number) }
        for _ in 0..<3 {
          steps.withLock { $0 += 1 }
          turns.pass(by: number)
        }
      }
    }
    #expect(steps.withLock { $0 } == 3)
  }
}
