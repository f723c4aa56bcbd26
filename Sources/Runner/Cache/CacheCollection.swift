public import FoundationEssentials
import Glibc
import ResultStore

/// What of a project's cache can go, and its going.
public struct CacheCollection: Sendable {
  /// The outcomes that go, latest first.
  public let entries: [CacheContents.Entry]
  /// The files that go.
  public let files: [CacheContents.File]
  /// How many files would go, were they not so young that a run may still need them.
  public let spared: Int
  private let contents: CacheContents
  private let now: Date

  /// A file that was touched within an hour may belong to a run with other parameters that goes on.
  private static let grace = 3600.0

  /// Collects what no notebook refers to.
  ///
  /// - Parameter age: seconds; what is younger stays, whether it is referred to or not.
  public init(_ contents: CacheContents, olderThan age: Double = 0, now: Date = Date()) {
    self.contents = contents
    self.now = now
    entries = contents.entries.filter {
      !$0.isReferenced && now.timeIntervalSince($0.stored.created) >= age
    }
    let unreferenced = contents.files.filter {
      !$0.isReferenced && now.timeIntervalSince($0.modified) >= age
    }
    files = unreferenced.filter { now.timeIntervalSince($0.modified) >= Self.grace }
    spared = unreferenced.count - files.count
  }

  /// Collects everything, referred to or not.
  public init(all contents: CacheContents, now: Date = Date()) {
    self.contents = contents
    self.now = now
    entries = contents.entries
    files = contents.files.filter { $0.kind != "figure" || !$0.isReferenced }
    spared = 0
  }

  /// Whether nothing goes.
  public var isEmpty: Bool { entries.isEmpty && files.isEmpty }

  /// What the outcomes and the files take, in bytes.
  public var bytes: Int {
    entries.reduce(0) { $0 + $1.stored.bytes } + files.reduce(0) { $0 + $1.bytes }
  }

  /// Removes them.
  ///
  /// - Returns: the bytes that the file system got back.
  /// - Throws: `RunFault.store`.
  public func remove() throws(RunFault) -> Int {
    let before = CacheContents.size(of: contents.stored.store?.path)
    let identifiers = entries.map(\.stored.identifier)
    if !identifiers.isEmpty {
      _ = try contents.stored.ask { store throws(StoreFault) in
        try store.remove(identifiers, runsBefore: now - Self.grace)
        store.shrink()
      }
    }
    var freed = before - CacheContents.size(of: contents.stored.store?.path)
    for file in files where unlink("\(contents.project.root)/\(file.path)") == 0 {
      freed += file.bytes
    }
    return max(0, freed)
  }
}
