import Glibc
import Synchronization

/// Lets threads wait for a condition that others make true: they spin briefly, then sleep.
///
/// `@unchecked Sendable`: the pthread objects are made for concurrent use, at a fixed address.
final class Signal: @unchecked Sendable {
  /// Checks of the condition before sleeping: some tens of microseconds, the gap between two jobs.
  private static let spins = 20_000

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let sleepers = Atomic<Int>(0)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Returns once `isReady` is true.
  ///
  /// `isReady` must load with sequential consistency: either the
  /// sleeper sees the new state, or `notify` sees the sleeper.
  func wait(until isReady: () -> Bool) {
    for _ in 0..<Self.spins where isReady() { return }
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while !isReady() { pthread_cond_wait(condition, mutex) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  /// Wakes the sleepers; call it after the condition became true.
  func notify() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}
