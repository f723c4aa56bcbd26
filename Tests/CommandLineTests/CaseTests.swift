import Foundation
import TestSupport
import Testing

/// A folder a case: `input.md`, and in `expected.txt` the exit code and the standard error of
/// `nbrun input.md`.
///
/// `NBRUN_RECORD=1` writes `expected.txt` anew, and fails.
@Suite("Bad input")
struct CaseTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Cases")

  private static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

  @Test("There are cases")
  func exist() { #expect(Self.names.count >= 16) }

  @Test("Each mistake gives its diagnostic and leaves the file as it is", arguments: names)
  func diagnosed(name: String) throws {
    let place = Self.folder.appendingPathComponent(name)
    let input = [UInt8](try Data(contentsOf: place.appendingPathComponent("input.md")))
    let program = try Executable()
    try program.folder.write("input.md", bytes: input)
    let time = program.modified("input.md")
    let run = try program.run("input.md")
    #expect(try program.folder.bytes("input.md") == input)
    #expect(program.modified("input.md") == time)
    #expect(run.output == "")
    try compare("exit \(run.code)\n\(run.errors)", place.appendingPathComponent("expected.txt"))
    let together = try program.run("input.md", "-j", "4")
    #expect(together.code == run.code && together.errors == run.errors)
  }

  private func compare(_ actual: String, _ file: URL) throws {
    if ProcessInfo.processInfo.environment["NBRUN_RECORD"] == "1" {
      try Data(actual.utf8).write(to: file)
      Issue.record("recorded: read it, then run without NBRUN_RECORD")
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(actual == expected)
  }
}
