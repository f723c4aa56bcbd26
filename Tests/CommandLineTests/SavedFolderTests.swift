import Foundation
import TestSupport
import Testing

@Suite("Saved models of killed runs")
struct SavedFolderTests {
  /// A notebook that saves a model of that width.
  private static func notebook(width: Int) -> String {
    """
    ```yaml {.nbrun-data #d}
    tokens: {random: {vocab_size: 500, length: 200}}
    ```

    ```yaml {.nbrun-model #m}
    preset: gpt2
    num_layers: 1
    hidden_size: \(width)
    num_heads: 2
    vocab_size: 500
    context_length: 8
    ```

    ```yaml {.nbrun-train #t}
    model: m
    data: d
    steps: 1
    batch: 1
    save: out
    ```

    """
  }

  private static let reader = """
    ```yaml {.nbrun-model #m}
    pretrained: out
    ```

    """

  @Test("A folder is whole whenever its writer is killed: one model or the other, never of both")
  func killed() throws {
    let program = try Executable()
    for (name, width) in [("a.md", 64), ("b.md", 96)] {
      try program.folder.write(name, Self.notebook(width: width))
    }
    try program.folder.write("reader.md", Self.reader)
    try program.folder.write("out/README", "mine")
    let start = ContinuousClock.now
    #expect(try program.run("a.md").code == 0)
    let whole = (ContinuousClock.now - start) / .microseconds(1)
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RepeatableGenerator(seed: seed)
    // A longer search: NBRUN_KILLS=200.
    let kills = ProcessInfo.processInfo.environment["NBRUN_KILLS"].flatMap { Int($0) } ?? 8
    for number in 0..<kills {
      let started = try program.start([["b.md", "a.md"][number % 2], "--force"])
      usleep(UInt32.random(in: 0...UInt32(min(whole, 60_000_000)), using: &random))
      kill(started.process.processIdentifier, SIGKILL)
      started.process.waitUntilExit()
      let read = try program.run("ls", "reader.md")
      #expect(read.code == 0, "seed \(seed), kill \(number): \(read.errors)")
      #expect(try program.folder.text("out/README") == "mine", "seed \(seed)")
    }
    #expect(try program.run("b.md", "--force").code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    #expect(names.sorted() == ["a.md", "b.md", "out", "reader.md", "results"], "seed \(seed)")
    let files = try FileManager.default.contentsOfDirectory(atPath: program.folder.path("out"))
    #expect(files.sorted() == ["README", "config.json", "model.safetensors"])
  }

  @Test("A model that is gone is why a cell runs, and all who tell of the cell say so")
  func gone() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.notebook(width: 16))
    #expect(try program.run("a.md").code == 0)
    #expect(try program.run("why", "a.md#t").output.contains("its result is stored"))
    try FileManager.default.removeItem(atPath: program.folder.path("out"))
    let why = try program.run("why", "a.md#t").output
    #expect(why.contains("runs, as the model that it saved is not in 'out' any more"), "\(why)")
    #expect(try program.run("status", "a.md").output.contains("is not in 'out' any more"))
    #expect(try program.run("a.md").errors.contains("1 ran"))
    #expect(try program.run("why", "a.md#t").output.contains("its result is stored"))
  }
}
