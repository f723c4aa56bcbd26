import Glibc

/// Transfers to and from a file, done by a thread of their own, one after the other in the order in
/// which they began.
///
/// `@unchecked Sendable`: all state is read and written under the lock; the bytes of a transfer belong
/// to the thread from `append` until `wait` returns, which the plan sees to (`DiskWaits`).
final class TransferQueue: @unchecked Sendable {
  private let descriptor: Int32
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let hasBegun = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let hasEnded = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var handle: pthread_t?
  private var waiting: [Transfer] = []
  private var begun = 0
  private var ended = 0
  private var isDismissed = false
  private var firstFailure: DiskFailure?

  /// Bytes on their way.
  struct Transfer {
    let bytes: UnsafeMutableRawBufferPointer
    /// Their place in the file.
    let offset: Int
    /// Whether they go to the file.
    let isWrite: Bool
  }

  init(descriptor: Int32) {
    self.descriptor = descriptor
    pthread_mutex_init(lock, nil)
    pthread_cond_init(hasBegun, nil)
    pthread_cond_init(hasEnded, nil)
  }

  deinit {
    pthread_cond_destroy(hasEnded)
    pthread_cond_destroy(hasBegun)
    pthread_mutex_destroy(lock)
    hasEnded.deallocate()
    hasBegun.deallocate()
    lock.deallocate()
  }

  /// Begins a transfer.
  ///
  /// - Returns: its number, to wait for.
  func append(_ transfer: Transfer) -> Int {
    locked {
      if handle == nil { start() }
      waiting.append(transfer)
      begun += 1
      pthread_cond_signal(hasBegun)
      return begun
    }
  }

  /// Returns once a transfer and all before it have ended.
  func wait(for transfer: Int) {
    locked { while ended < transfer { pthread_cond_wait(hasEnded, lock) } }
  }

  /// Why the first transfer that failed did.
  var failure: DiskFailure? { locked { firstFailure } }

  /// Ends the thread once all transfers have ended.
  func dismiss() {
    let handle = locked {
      isDismissed = true
      pthread_cond_signal(hasBegun)
      return self.handle
    }
    if let handle { pthread_join(handle, nil) }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  // MARK: - The thread

  /// A run without transfers has no thread.
  private func start() {
    let queue = Unmanaged.passRetained(self)
    var handle = pthread_t()
    let status = pthread_create(
      &handle, nil,
      { context in
        // A thread's only argument is the retained queue that `pthread_create` was given.
        guard let context else { return nil }
        Unmanaged<TransferQueue>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, queue.toOpaque())
    precondition(status == 0, "the system refused to start a thread (error \(status))")
    self.handle = handle
  }

  private func serve() {
    while let transfer = next() {
      // After a failure nothing is moved any more: the run ends with this step.
      let fault = failure == nil ? move(transfer) : nil
      locked {
        firstFailure = firstFailure ?? fault
        ended += 1
        pthread_cond_broadcast(hasEnded)
      }
    }
  }

  private func next() -> Transfer? {
    locked {
      while waiting.isEmpty, !isDismissed { pthread_cond_wait(hasBegun, lock) }
      return waiting.isEmpty ? nil : waiting.removeFirst()
    }
  }

  /// Moves all bytes; the system may move fewer than asked for at once.
  private func move(_ transfer: Transfer) -> DiskFailure? {
    guard var address = transfer.bytes.baseAddress else { return nil }
    var (rest, offset) = (transfer.bytes.count, transfer.offset)
    while rest > 0 {
      let moved =
        transfer.isWrite
        ? pwrite(descriptor, address, rest, offset) : pread(descriptor, address, rest, offset)
      if moved < 0, errno == EINTR { continue }
      guard moved > 0 else {
        let reason = moved < 0 ? String(cString: strerror(errno)) : "the file ends too early"
        return DiskFailure(isWrite: transfer.isWrite, reason: reason)
      }
      address += moved
      rest -= moved
      offset += moved
    }
    return nil
  }
}
