import Foundation
import Records
import Runner
import TestSupport
import Testing

@Suite("Evaluations and generations of trained cells")
struct TrainedCellTests {
  private static let notebook = """
    ```yaml {.nbrun-data #corpus}
    tokens: {files: [text.txt], tokenizer: bytes, split: {validation: 0.2}}
    ```

    ```yaml {.nbrun-model #gpt}
    {preset: gpt2, num_layers: 1, hidden_size: 16, num_heads: 2, vocab_size: 256, context_length: 16, dropout: 0.0}
    ```

    ```yaml {.nbrun-train #run}
    {model: gpt, data: corpus, steps: 4, batch: 4, evaluate: {every: 4, metrics: [accuracy]}}
    ```

    ```yaml {.nbrun-eval #held-out}
    {train: run, metrics: [accuracy, {top_k: 5}, perplexity]}
    ```

    ```yaml {.nbrun-generate #sample}
    {train: run, prompt: "The `a` | <b>", tokens: 30, temperature: 0.8, top_k: 20, seed: 3}
    ```

    ```yaml {.nbrun-expect #claims}
    - held-out.accuracy = run.validation.accuracy.last
    - held-out.perplexity > 1
    - sample.tokens = 30
    ```

    """

  private func project() throws -> SmallProject {
    let project = try SmallProject(Self.notebook)
    let text = String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 40)
    try project.folder.write("text.txt", text)
    return project
  }

  private func weights(_ project: SmallProject) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: project.folder.path("results/weights"))
  }

  /// The generated region; the text around it has times.
  private func sample(in project: SmallProject) throws -> String {
    let begin = try project.text.components(separatedBy: "#region nbrun:out sample").last
    return try #require(begin?.components(separatedBy: "#endregion").first)
  }

  @Test("They are run from kept weights, written, and found again")
  func roundTrip() throws {
    let project = try project()
    #expect(try project.run().exitCode == .ok)
    let text = try project.text
    #expect(text.contains("`top_5`") && text.contains("The `a` | <b>"))
    #expect(try weights(project).count == 1)
    try project.run()
    #expect(try project.text == text)
  }

  @Test("Weights that are gone or damaged are made anew, and only when something needs them")
  func rebuilt() throws {
    let project = try project()
    try project.run()
    let sample = try sample(in: project)
    let file = try "results/weights/" + #require(weights(project).first)
    var bytes = try project.folder.bytes(file)
    bytes[bytes.count / 2] ^= 1
    try project.folder.write(file, bytes: bytes)
    let idle = try project.run()
    #expect(idle.cells.allSatisfy { if case .ran = $0.outcome { false } else { true } })
    try project.edit("seed: 3", "seed: 4")
    let report = try project.run()
    #expect(report.exitCode == .ok)
    let ran = report.cells.filter { if case .ran = $0.outcome { true } else { false } }.map(\.id)
    #expect(ran.filter { $0 != "claims" } == ["run", "sample"])
    try project.edit("seed: 4", "seed: 3")
    try project.run()
    #expect(try self.sample(in: project) == sample)
  }

  @Test("A training that nothing reads keeps no weights")
  func unused() throws {
    let project = try SmallProject()
    try project.run()
    #expect(!FileManager.default.fileExists(atPath: project.folder.path("results/weights")))
  }

  @Test("An evaluation takes no larger batches than there are examples, and keeps to the limit")
  func evaluationMemory() throws {
    func notebook(_ batch: Int, limit: Int) -> String {
      """
      ---
      nbrun: {memory_limit: \(limit)}
      ---

      ```yaml {.nbrun-data #d}
      spirals: {classes: 3, examples: 120}
      ```

      ```yaml {.nbrun-model #m}
      {preset: mlp, features: 2, hidden: [8], classes: 3}
      ```

      ```yaml {.nbrun-train #t}
      {model: m, data: d, steps: 2, batch: 1, optimizer: {sgd: {lr: 0.1}}}
      ```

      ```yaml {.nbrun-eval #e}
      {train: t, split: train, batch: \(batch)}
      ```

      """
    }
    let whole = try SmallProject(notebook(268_435_456, limit: 1 << 30)).run()
    #expect(whole.exitCode == .ok)
    let reserved = try #require(whole.record("t")?.memory?.reserved)
    let refused = try SmallProject(notebook(120, limit: reserved)).run()
    #expect(refused.exitCode == .memoryLimit)
    #expect(refused.failure("e")?.code == "memory-limit")
    #expect(try SmallProject(notebook(1, limit: reserved)).run().exitCode == .ok)
  }
}
