import DataFiles
import Digests
import Experiment
import ResultStore
import Synchronization

/// Digests of large data files in the project's store; a store that can't be used knows none.
///
/// The store is opened when the first large file is met, and never made: a run that makes one then
/// hands over what was computed.
final class KeptFileDigests: FileDigests {
  private let path: String
  private let state = Mutex(State())

  private struct State {
    var store: Store?
    var isOpened = false
    /// Computed while there was no store.
    var pending: [StoredFileDigest] = []
  }

  /// Keeps digests in the store of that path; nil keeps none.
  init(storePath: String) { path = storePath }

  func digest(of file: String, _ identity: FileIdentity) -> Digest? {
    guard let kept = try? store?.fileDigest(path: file), kept.isOf(identity) else { return nil }
    return Digest(hex: kept.digest)
  }

  func keep(_ digest: Digest, of file: String, _ identity: FileIdentity) {
    let entry = StoredFileDigest(file, identity, digest)
    guard (try? store?.keep([entry])) == nil else { return }
    state.withLock { $0.pending.append(entry) }
  }

  /// Hands over what was computed before there was a store.
  func keepPending(in store: Store) {
    let pending = state.withLock { state in
      defer { state.pending = [] }
      return state.pending
    }
    if !pending.isEmpty { try? store.keep(pending) }
  }

  private var store: Store? {
    state.withLock { state in
      if !state.isOpened {
        state.store = try? Store(path: path, creating: false, patience: 1)
        state.isOpened = true
      }
      return state.store
    }
  }
}

extension StoredFileDigest {
  init(_ path: String, _ identity: FileIdentity, _ digest: Digest) {
    self.init(
      path: path, size: identity.size, modified: identity.modified, changed: identity.changed,
      inode: Int64(bitPattern: identity.inode), digest: digest.hex)
  }

  /// Whether it was computed of a file of that identity.
  func isOf(_ identity: FileIdentity) -> Bool {
    size == identity.size && modified == identity.modified && changed == identity.changed
      && inode == Int64(bitPattern: identity.inode)
  }

  /// Whether the file, if it is the same, has another digest.
  func isWrong(in project: Project) -> Bool {
    guard let file = try? FileBytes(path: "\(project.root)/\(path)"),
      let identity = file.identity, isOf(identity)
    else { return false }
    return (try? Digest(hashing: file)).map { $0.hex != digest } ?? false
  }
}
