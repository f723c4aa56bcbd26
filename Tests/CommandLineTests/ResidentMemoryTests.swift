import Foundation
import TestSupport
import Testing

@Suite("Resident memory")
struct ResidentMemoryTests {
  /// What a process needs beside the plan: stacks of threads, tables of the run, fragmentation.
  private static let constant = 16 << 20

  @Test(
    "The process grows by what the plan reserves, within 3 % and 16 MiB",
    arguments: ["none", "{every: 1}", "none\noffload: disk"])
  func growth(policy: String) throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.notebook(policy))
    #expect(try program.run("a.md").code == 0)
    let record = try program.record("a.md#t")
    let memory = try #require(record["memory"] as? [String: Any])
    let timing = try #require(record["timing"] as? [String: Any])
    let process = try #require(timing["process"] as? [String: Int])
    let reserved = try #require(memory["reserved"] as? Int)
    let before = try #require(process["before"])
    let peak = try #require(process["peak"])
    #expect(reserved > 64 << 20)
    #expect(peak - before <= reserved + reserved * 3 / 100 + Self.constant)
    // What is reserved is also used: a plan that claimed too much would show here.
    #expect(peak - before >= reserved - reserved * 3 / 100 - Self.constant)
  }

  /// Parameters and activations in about equal parts.
  private static func notebook(_ policy: String) -> String {
    """
    ```yaml {.nbrun-data #d}
    blobs: {classes: 4, features: 16, examples: 2048}
    ```

    ```yaml {.nbrun-model #m}
    input: {features: 16}
    layers:
      - repeat:
          times: 6
          name: block
          layers:
            - linear: {out: 1024}
            - gelu
      - linear: {out: 4}
    ```

    ```yaml {.nbrun-train #t}
    model: m
    data: d
    steps: 2
    batch: 1024
    optimizer: adamw
    checkpoint: \(policy)
    ```

    """
  }
}
