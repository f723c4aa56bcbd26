import Synchronization
import Testing

@testable import Kernels

@Suite("Thread pool")
struct ThreadPoolTests {
  @Test("Every task runs exactly once, whatever the threads", arguments: [1, 2, 3, 8])
  func everyTask(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for tasks in [0, 1, 2, 7, 1000] {
      let runs = (0..<tasks).map { _ in Counter() }
      pool.run(tasks: tasks) { task, worker in
        #expect(worker >= 0 && worker < threads)
        runs[task].add()
      }
      #expect(runs.allSatisfy { $0.value == 1 })
    }
  }

  @Test("No two tasks run at once under one worker's number")
  func workersOwnTheirScratch() {
    let pool = ThreadPool(threads: 3)
    let inUse = (0..<3).map { _ in Counter() }
    pool.run(tasks: 2000) { _, worker in
      #expect(inUse[worker].add() == 1)
      inUse[worker].subtract()
    }
  }

  @Test("Thousands of short jobs, sleeps between them, and jobs from several threads all finish")
  func manyJobs() async {
    let pool = ThreadPool(threads: 2)
    let total = Counter()
    for _ in 0..<5000 { pool.run(tasks: 3) { _, _ in total.add() } }
    for _ in 0..<5 {
      try? await Task.sleep(for: .milliseconds(3))
      pool.run(tasks: 3) { _, _ in total.add() }
    }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<200 { pool.run(tasks: 2) { _, _ in total.add() } }
        }
      }
    }
    #expect(total.value == 15_000 + 15 + 1600)
  }

  @Test("Pools come and go without leaving threads behind")
  func lifetimes() {
    for round in 0..<50 {
      let pools = (1...3).map { ThreadPool(threads: $0) }
      let total = Counter()
      for pool in pools where round % 2 == 0 { pool.run(tasks: 4) { _, _ in total.add() } }
      #expect(total.value == (round % 2 == 0 ? 12 : 0))
    }
  }
}

/// A number that several threads change.
private final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  @discardableResult
  func add() -> Int { count.add(1, ordering: .sequentiallyConsistent).newValue }

  func subtract() { count.subtract(1, ordering: .sequentiallyConsistent) }
}
