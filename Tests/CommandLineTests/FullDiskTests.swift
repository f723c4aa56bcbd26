import Foundation
import TestSupport
import Testing

@Suite("Full disks")
struct FullDiskTests {
  /// Whether this process may mount a file system of its own, in a namespace of its own.
  private static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(
    "A results folder that is full at any point costs results, never the notebook",
    .enabled(if: canMount, "only root can mount a small file system"),
    arguments: [60, 150, 250, 350])
  func full(kibibytes: Int) throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let mount = "mount -t tmpfs -o size=\(kibibytes)k none results"
    let started = try program.start(
      ["unshare", "-m", "sh", "-c", "\(mount) && exec \"$0\" a.md -q", Executable.path],
      program: "/usr/bin/env")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect([0, 3, 4].contains(outcome.code), "\(outcome.errors)")
    #expect(
      outcome.errors.contains(/is full|No space left|enough space/), "\(outcome.errors)")
    // Nothing of that file system is left, and the notebook is whole.
    #expect(try program.run("a.md").code == 0)
    #expect(try program.run("check", "a.md").code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    #expect(names.sorted() == ["a.md", "results"])
  }
}
