import Foundation
import TestSupport
import Testing

@Suite("Values on disk")
struct DiskTests {
  private static func notebook(offload: Bool) -> String {
    """
    ```yaml {.nbrun-data #d}
    blobs: {classes: 4, features: 16, examples: 1024}
    ```

    ```yaml {.nbrun-model #m}
    input: {features: 16}
    layers:
      - repeat:
          times: 4
          name: block
          layers:
            - linear: {out: 512}
            - gelu
      - linear: {out: 4}
    ```

    ```yaml {.nbrun-train #t}
    model: m
    data: d
    steps: 3
    batch: 1024
    optimizer: sgd\(offload ? "\noffload: disk" : "")
    ```

    """
  }

  @Test(
    "A disk without room for the file is one fault of its cell, which runs as soon as there is room"
  )
  func full() throws {
    let program = try Executable()
    let path = try program.folder.write("a.md", Self.notebook(offload: true))
    // No file may grow beyond 2 MiB: blocks of 512 bytes.
    let started = try program.start(
      ["-c", "ulimit -f 4096 && exec \"$0\" a.md -q", Executable.path], program: "/bin/sh")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 3, "\(outcome.errors)")
    #expect(outcome.errors.contains("error[no-disk-file]"), "\(outcome.errors)")
    #expect(outcome.errors.contains("File too large"), "\(outcome.errors)")
    #expect(try !program.folder.text("a.md").contains("waits on disk"))
    let run = try program.run("a.md", "-q")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("waits on disk"))
  }

  @Test(
    "A process that is killed while values wait on disk leaves no file, and its rerun ends with the same bits"
  )
  func killed() throws {
    let plain = try Executable()
    try plain.folder.write("a.md", Self.notebook(offload: false))
    #expect(try plain.run("a.md", "-q").code == 0)
    let program = try Executable()
    let text = Self.notebook(offload: true).replacing("steps: 3", with: "steps: 100000")
    try program.folder.write("a.md", text)
    let started = try program.start(["a.md", "--save-every", "0.05"])
    // Once a step is saved, transfers went on.
    let steps = program.folder.path("results/steps")
    while started.process.isRunning, !FileManager.default.fileExists(atPath: steps) {
      usleep(5_000)
    }
    kill(started.process.processIdentifier, SIGKILL)
    started.process.waitUntilExit()
    let left = try FileManager.default.subpathsOfDirectory(atPath: program.folder.path)
    #expect(!left.contains { $0.contains("nbrun-disk") }, "\(left)")
    try program.folder.write("a.md", Self.notebook(offload: true))
    #expect(try program.run("a.md", "-q").code == 0)
    let digests = try [plain, program].map {
      try $0.record("a.md#t")["digest"] as? [String: String]
    }
    #expect(digests[0] != nil && digests[0] == digests[1])
  }
}
