import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite("Folders that are replaced whole")
struct FolderReplacementTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("out/a", "old a")
    try folder.write("out/b", "old b")
    try folder.write("out/README", "mine")
    try folder.write("out/sub/deep/notes", "mine too")
    symlink("README", folder.path("out/link"))
  }

  private func fill(_ path: String) throws {
    for name in ["a", "b"] {
      try "new \(name)".write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }
  }

  private func expectReplaced() throws {
    #expect(try ["a", "b"].map { try folder.text("out/\($0)") } == ["new a", "new b"])
    #expect(try folder.text("out/README") == "mine")
    #expect(try folder.text("out/sub/deep/notes") == "mine too")
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("out/link"))
    #expect(link == "README")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out"])
  }

  @Test(
    "Its files are new, all others stay, and nothing is left beside it", arguments: [true, false])
  func replaced(exchanges: Bool) throws {
    var replacement = FolderReplacement(path: folder.path("out"))
    if !exchanges { replacement.exchange = { _, _ in false } }
    try replacement.write(fill)
    try expectReplaced()
    // Again, over what was linked.
    try replacement.write(fill)
    try expectReplaced()
  }

  @Test("A folder that is not there appears with its files")
  func fresh() throws {
    try FolderReplacement(path: folder.path("new")).write(fill)
    #expect(try folder.text("new/a") == "new a")
  }

  @Test("Where writing fails the old files stay")
  func failed() throws {
    struct Failed: Error {}
    #expect(throws: Failed.self) {
      try FolderReplacement(path: folder.path("out")).write { path in
        try "half".write(toFile: "\(path)/a", atomically: false, encoding: .utf8)
        throw Failed()
      }
    }
    #expect(try folder.text("out/a") == "old a")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out"])
  }

  @Test("A folder that a killed process had moved out of the way comes back first")
  func recovered() throws {
    try FileManager.default.moveItem(
      atPath: folder.path("out"), toPath: folder.path("out.nbrun-aside"))
    try FileManager.default.createDirectory(
      atPath: folder.path("out"), withIntermediateDirectories: false)
    try FolderReplacement(path: folder.path("out")).write(fill)
    try expectReplaced()
  }
}
