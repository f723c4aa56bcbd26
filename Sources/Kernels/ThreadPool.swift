import Glibc
import Synchronization

/// A fixed crew of threads that runs the tasks of one job at a time.
///
/// What a task computes is fixed by its number, never by the worker that claims it, so results
/// don't depend on the number of threads. Workers spin briefly between jobs, then sleep.
public final class ThreadPool: Sendable {
  /// How many threads work, the caller of `run` included.
  public let threads: Int
  private let crew: Crew

  /// Starts `threads` − 1 threads; the caller of `run` is the last one.
  public init(threads: Int) {
    precondition(threads > 0, "a thread pool needs at least one thread")
    self.threads = threads
    crew = Crew(helpers: threads - 1)
  }

  deinit { crew.dismiss() }

  /// Calls `body` once for each task and returns when all are done.
  ///
  /// Tasks run concurrently: what they write must be disjoint. A body must not call `run` on the
  /// same pool.
  /// - Parameter body: gets a task below `tasks`, and the worker, below `threads`, that runs it: no
  ///   two tasks run at once under one worker's number, so it can own a slice of scratch.
  public func run(tasks: Int, body: (_ task: Int, _ worker: Int) -> Void) {
    if threads == 1 || tasks <= 1 {
      for task in 0..<max(0, tasks) { body(task, 0) }
    } else {
      crew.run(tasks: tasks, body: body)
    }
  }
}
