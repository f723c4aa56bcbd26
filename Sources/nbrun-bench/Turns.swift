import Dispatch
import Foundation
import Synchronization

/// Lets threads run one at a time, each until it passes its turn to the next.
///
/// What a shared machine takes of a core changes from minute to minute: runs that take turns, a step
/// each, meet the same minutes.
final class Turns: Sendable {
  private let gates: [DispatchSemaphore]
  private let finished = Mutex<Set<Int>>([])

  private init(count: Int) {
    gates = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    gates.first?.signal()
  }

  /// Runs a body on as many threads, the first one first.
  ///
  /// - Returns: what the bodies return, in their order.
  /// - Throws: the first body's error that failed, once all have ended.
  static func taken<Value: Sendable>(
    by count: Int, _ body: @escaping @Sendable (Int, Turns) throws -> Value
  ) throws -> [Value] {
    let turns = Turns(count: count)
    let results = Mutex<[Int: Result<Value, any Error>]>([:])
    let group = DispatchGroup()
    withExtendedLifetime(turns) {
      for number in 0..<count {
        group.enter()
        let thread = Thread {
          turns.gates[number].wait()
          let result = Result { try body(number, turns) }
          results.withLock { $0[number] = result }
          turns.leave(number)
          group.leave()
        }
        thread.stackSize = 8 << 20
        thread.start()
      }
      group.wait()
    }
    return try (0..<count).compactMap { number in
      try results.withLock { $0[number] }?.get()
    }
  }

  /// Lets the next one run, and waits until it is one's turn again.
  func pass(by number: Int) {
    guard let next = next(after: number) else { return }
    gates[next].signal()
    gates[number].wait()
  }

  private func leave(_ number: Int) {
    finished.withLock { _ = $0.insert(number) }
    if let next = next(after: number) { gates[next].signal() }
  }

  /// The next one that has not finished; nil where no other is left.
  private func next(after number: Int) -> Int? {
    finished.withLock { finished in
      (1..<gates.count).map { (number + $0) % gates.count }.first { !finished.contains($0) }
    }
  }
}
