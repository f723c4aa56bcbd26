import DataFiles
import Digests
import Experiment
import Foundation
import ResultStore
import Synchronization
import TestSupport
import Testing

@testable import Runner

@Suite("Digests of large data files are kept")
struct FileDigestTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
  }

  /// Counts what is asked of kept digests: a file whose digest is not found is hashed.
  private final class Counting: FileDigests {
    let kept: KeptFileDigests
    let counts = Mutex((asked: 0, hashed: 0))

    init(_ path: String) { kept = KeptFileDigests(storePath: path) }

    func digest(of path: String, _ identity: FileIdentity) -> Digest? {
      counts.withLock { $0.asked += 1 }
      return kept.digest(of: path, identity)
    }

    func keep(_ digest: Digest, of path: String, _ identity: FileIdentity) {
      counts.withLock { $0.hashed += 1 }
      kept.keep(digest, of: path, identity)
    }
  }

  private var storePath: String { folder.path("results/nbrun.sqlite") }

  private func write(_ name: String, count: Int, first: UInt8 = 0) throws {
    try folder.write(name, bytes: [first] + Array(repeating: 7, count: count - 1))
  }

  private func identity(_ name: String) throws -> FileIdentity {
    try #require(try FileBytes(path: folder.path(name)).identity)
  }

  @Test("A kept digest is found for the very file, and for no other identity")
  func found() throws {
    _ = try Store(path: storePath)
    try write("big.bin", count: 2 << 20)
    let digests = KeptFileDigests(storePath: storePath)
    let identity = try identity("big.bin")
    let digest = try Digest(hashing: FileBytes(path: folder.path("big.bin")))
    #expect(digests.digest(of: "big.bin", identity) == nil)
    digests.keep(digest, of: "big.bin", identity)
    #expect(KeptFileDigests(storePath: storePath).digest(of: "big.bin", identity) == digest)
    let changes: [(inout FileIdentity) -> Void] = [
      { $0.size += 1 }, { $0.modified += 1 }, { $0.changed += 1 }, { $0.inode += 1 },
    ]
    for change in changes {
      var other = identity
      change(&other)
      #expect(digests.digest(of: "big.bin", other) == nil)
    }
    #expect(digests.digest(of: "other.bin", identity) == nil)
  }

  @Test("A file that changed within two seconds is neither looked up nor kept; a small one neither")
  func racy() throws {
    _ = try Store(path: storePath)
    try write("big.bin", count: 2 << 20)
    try write("small.bin", count: 1000)
    let digests = Counting(storePath)
    let files = try FolderFiles(root: folder.path, digests: digests, now: { 0 })
    for name in ["big.bin", "small.bin"] {
      let content = try files.open(name)
      #expect(try files.digest(of: content, at: name) == Digest(hashing: content))
    }
    #expect(digests.counts.withLock { $0.asked } == 0)
    let later = try FolderFiles(root: folder.path, digests: digests, now: { .max })
    for name in ["big.bin", "small.bin"] {
      _ = try later.digest(of: later.open(name), at: name)
    }
    #expect(digests.counts.withLock { $0.asked } == 1)
    var identity = try identity("big.bin")
    let now = max(identity.modified, identity.changed)
    #expect(!identity.isSettled(at: now + 2_000_000_000))
    #expect(identity.isSettled(at: now + 2_000_000_001))
    identity.modified = .max
    #expect(!identity.isSettled(at: now + 9_000_000_000))
  }

  @Test("A file that is left alone is hashed once, and again when it has changed")
  func hashedOnce() throws {
    _ = try Store(path: storePath)
    try write("big.bin", count: 2 << 20)
    func digest(_ digests: Counting) throws -> Digest {
      let files = try FolderFiles(root: folder.path, digests: digests, now: { .max })
      return try files.digest(of: files.open("big.bin"), at: "big.bin")
    }
    let first = Counting(storePath)
    let digest1 = try digest(first)
    #expect(first.counts.withLock { $0.hashed } == 1)
    let second = Counting(storePath)
    #expect(try digest(second) == digest1)
    #expect(second.counts.withLock { $0.asked } == 1 && second.counts.withLock { $0.hashed } == 0)
    try write("big.bin", count: 2 << 20 | 1, first: 1)
    let third = Counting(storePath)
    #expect(try digest(third) != digest1)
    #expect(third.counts.withLock { $0.hashed } == 1)
  }

  @Test("What is computed before there is a store is handed over to it")
  func pending() throws {
    try write("big.bin", count: 2 << 20)
    let identity = try identity("big.bin")
    let digests = KeptFileDigests(storePath: storePath)
    digests.keep(Digest(hashing: "x"), of: "big.bin", identity)
    #expect(!FileManager.default.fileExists(atPath: storePath))
    digests.keepPending(in: try Store(path: storePath))
    let other = KeptFileDigests(storePath: storePath)
    #expect(other.digest(of: "big.bin", identity) == Digest(hashing: "x"))
  }

  @Test("'cache verify' hashes again, tells a wrong digest, and repairs by forgetting it")
  func verification() throws {
    let store = try Store(path: storePath)
    try write("big.bin", count: 2 << 20)
    try write("fine.bin", count: 2 << 20)
    let digests = KeptFileDigests(storePath: storePath)
    digests.keep(Digest(hashing: "wrong"), of: "big.bin", try identity("big.bin"))
    digests.keep(
      try Digest(hashing: FileBytes(path: folder.path("fine.bin"))), of: "fine.bin",
      try identity("fine.bin"))
    let contents = try CacheContents(of: folder.path, storePath: nil)
    let verification = try CacheVerification(contents)
    #expect(verification.dataFiles == ["big.bin"])
    #expect(verification.exitCode == .differences)
    try verification.repair()
    #expect(try CacheVerification(contents).exitCode == .ok)
    #expect(try store.fileDigests().map(\.path) == ["fine.bin"])
  }
}
