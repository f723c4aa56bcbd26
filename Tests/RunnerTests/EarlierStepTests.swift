import Experiment
import Foundation
import Records
import Runner
import TestSupport
import Testing

@Suite("Runs that continue shorter ones")
struct EarlierStepTests {
  private func notebook(_ model: String, _ train: String) -> String {
    """
    ```yaml {.nbrun-data #d}
    spirals: {classes: 3, examples: 60, split: {validation: 0.2}}
    ```

    ```yaml {.nbrun-model #m}
    input: {features: 2}
    layers:
    \(model)
      - linear: {out: 3}
    loss: cross_entropy
    ```

    ```yaml {.nbrun-train #t}
    model: m
    data: d
    \(train)
    ```

    """
  }

  private final class Told {
    var reasons: [String] = []
  }

  /// Runs a text in a folder, and says what it told.
  private func run(
    _ text: String, in folder: TemporaryDirectory, _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> (record: Record?, told: [String]) {
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
    try folder.write("a.md", text)
    var options = RunOptions()
    options.settings.threads = 1
    change(&options)
    let told = Told()
    let report = try NotebookRun(
      folder.path("a.md"), options: options,
      tell: { if case .recomputes(_, let reason) = $0 { told.reasons.append(reason) } }
    ).run()
    return (report.record("t"), told.reasons)
  }

  @Test("A longer run has the bits of one from scratch, for any model, optimizer and policy")
  func bits() throws {
    let seed = 0x9EF
    var generator = RepeatableGenerator(seed: seed)
    let layers = [
      "  - linear: {out: 8}\n  - gelu", "  - layer_norm\n  - linear: {out: 6}",
      "  - residual: [layer_norm, gelu]", "  - dropout: {p: 0.3}",
      "  - linear: {out: 8}\n  - relu\n  - dropout: {p: 0.1}",
    ]
    let optimizers = [
      "adamw", "{sgd: {lr: 0.05, momentum: 0.9}}", "{adam: {lr: 0.01}}", "{sgd: {lr: 0.1}}",
    ]
    let schedules = ["constant", "{constant: {warmup: 3}}", "{step: {every: 4, gamma: 0.5}}"]
    for number in 0..<8 {
      let model = (0..<3).map { _ in layers.randomElement(using: &generator) ?? "" }
        .joined(separator: "\n")
      let short = Int.random(in: 4...9, using: &generator)
      let long = short + Int.random(in: 1...9, using: &generator)
      let every = Int.random(in: 2...5, using: &generator)
      let rest = """
        batch: \(Int.random(in: 1...8, using: &generator))
        seed: \(number)
        accumulate: \(Int.random(in: 1...2, using: &generator))
        optimizer: \(optimizers.randomElement(using: &generator) ?? "")
        schedule: \(schedules.randomElement(using: &generator) ?? "")
        checkpoint: \(["none", "{every: 2}", "sqrt"].randomElement(using: &generator) ?? "")
        evaluate: {every: \(every), split: validation}
        drop_last: \(number.isMultiple(of: 2))
        """
      let longText = notebook(model, "steps: \(long)\nlog_every: 3\n\(rest)")
      let folder = try TemporaryDirectory()
      _ = try run(notebook(model, "steps: \(short)\n\(rest)"), in: folder)
      let (continued, told) = try run(longText, in: folder)
      let (scratch, _) = try run(longText, in: try TemporaryDirectory())
      let context = "seed \(seed), case \(number): \(longText)"
      #expect(told == ["continues from step \(short) of an earlier run"], "\(context)")
      #expect(continued?.digest == scratch?.digest && scratch != nil, "\(context)")
      #expect(continued?.metrics == scratch?.metrics, "\(context)")
      #expect(continued?.memory == scratch?.memory, "\(context)")
    }
  }

  private let model = "  - linear: {out: 8}\n  - relu"

  @Test("Schedules that depend on the number of steps, and other inputs, continue nothing")
  func others() throws {
    for (before, after) in [
      ("steps: 4\nschedule: cosine", "steps: 8\nschedule: cosine"),
      ("steps: 4\nseed: 1", "steps: 8\nseed: 2"), ("steps: 8", "steps: 4"),
    ] {
      let folder = try TemporaryDirectory()
      _ = try run(notebook(model, "batch: 4\n\(before)"), in: folder)
      #expect(try run(notebook(model, "batch: 4\n\(after)"), in: folder).told == [], "\(after)")
    }
  }

  @Test("Forced and uncached runs begin at the beginning")
  func forced() throws {
    let folder = try TemporaryDirectory()
    _ = try run(notebook(model, "batch: 4\nsteps: 4"), in: folder)
    let longer = notebook(model, "batch: 4\nsteps: 8")
    #expect(try run(longer, in: folder) { $0.force = .all }.told == [])
    #expect(try run(longer, in: folder) { $0.usesStore = false }.told == [])
  }

  @Test("A damaged state is taken for none")
  func damaged() throws {
    let folder = try TemporaryDirectory()
    _ = try run(notebook(model, "batch: 4\nsteps: 4"), in: folder)
    let steps = folder.path("results/steps")
    let names = try FileManager.default.contentsOfDirectory(atPath: steps)
    let name = try #require(names.first { $0.hasSuffix(".last") })
    var bytes = try folder.bytes("results/steps/\(name)")
    bytes[bytes.count - 40] ^= 1
    try folder.write("results/steps/\(name)", bytes: bytes)
    let longer = notebook(model, "batch: 4\nsteps: 8")
    let (record, told) = try run(longer, in: folder)
    #expect(told == [])
    #expect(try run(longer, in: try TemporaryDirectory()).record?.digest == record?.digest)
  }

  @Test("'why' tells from which step a longer run would go on")
  func why() throws {
    let folder = try TemporaryDirectory()
    _ = try run(notebook(model, "batch: 4\nsteps: 4"), in: folder)
    try folder.write("a.md", notebook(model, "batch: 4\nsteps: 8"))
    var options = RunOptions()
    options.settings.threads = 1
    let story = try KeyStory(
      CellAddress("\(folder.path("a.md"))#t"), options: options)
    #expect(story.earlierStep == 4)
    #expect(
      story.lines.contains("an earlier run ended with step 4: steps above that go on from there"))
  }
}
