import Glibc
import Synchronization

/// What a pool's threads share: the job, its progress, and the means to wake and wait.
///
/// `@unchecked Sendable`: `job` and `tasks` are written only by the thread inside `run` while no
/// helper is in a job (`busy` is 0); a helper reads them between the acquiring load that shows a new
/// `generation` and its releasing decrement of `busy`.
final class Crew: @unchecked Sendable {
  typealias Body = (Int, Int) -> Void

  private let helpers: Int
  private var handles: [pthread_t] = []
  private var job: UnsafePointer<Body>?
  private var tasks = 0
  private let next = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  private let generation = Atomic<UInt>(0)
  private let dismissed = Atomic<Bool>(false)
  private let oneJob = Mutex<Void>(())
  private let wake = Signal()
  private let done = Signal()

  init(helpers: Int) {
    self.helpers = helpers
    for worker in 0..<helpers { start(worker: worker + 1) }
  }

  /// Runs one job with all threads; returns when the last task has ended.
  func run(tasks: Int, body: Body) {
    oneJob.withLock { _ in
      // The closure outlives no helper's use of it: this call waits until all have left the job.
      withoutActuallyEscaping(body) { body in
        withUnsafePointer(to: body) { pointer in
          (job, self.tasks) = (pointer, tasks)
          next.store(0, ordering: .relaxed)
          busy.store(helpers, ordering: .relaxed)
          generation.add(1, ordering: .sequentiallyConsistent)
          wake.notify()
          work(as: 0)
          done.wait { busy.load(ordering: .sequentiallyConsistent) == 0 }
          job = nil
        }
      }
    }
  }

  /// Ends and joins the threads.
  func dismiss() {
    dismissed.store(true, ordering: .relaxed)
    generation.add(1, ordering: .sequentiallyConsistent)
    wake.notify()
    for handle in handles { pthread_join(handle, nil) }
    handles = []
  }

  private func work(as worker: Int) {
    guard let body = job?.pointee else { return }
    while true {
      let task = next.add(1, ordering: .relaxed).oldValue
      guard task < tasks else { return }
      body(task, worker)
    }
  }

  private func serve(as worker: Int) {
    var seen: UInt = 0
    while true {
      wake.wait { generation.load(ordering: .sequentiallyConsistent) != seen }
      seen = generation.load(ordering: .acquiring)
      if dismissed.load(ordering: .relaxed) { return }
      work(as: worker)
      if busy.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { done.notify() }
    }
  }

  private func start(worker: Int) {
    let start = Unmanaged.passRetained(Start(crew: self, worker: worker))
    var handle = pthread_t()
    let status = pthread_create(
      &handle, nil,
      { context in
        // A thread's only argument is the retained `Start` that `pthread_create` was given.
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        start.crew.serve(as: start.worker)
        return nil
      }, start.toOpaque())
    precondition(status == 0, "the system refused to start a thread (error \(status))")
    handles.append(handle)
  }

  /// What a new thread is told.
  private final class Start {
    let crew: Crew
    let worker: Int

    init(crew: Crew, worker: Int) {
      self.crew = crew
      self.worker = worker
    }
  }
}
