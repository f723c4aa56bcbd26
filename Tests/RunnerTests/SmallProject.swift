import Experiment
import Foundation
import Runner
import TestSupport

/// A project in a folder of its own, with one small notebook that trains twice.
struct SmallProject {
  let folder: TemporaryDirectory
  let name = "notebook.md"

  init(_ text: String = SmallProject.notebook, isRepository: Bool = false) throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
    try folder.write(name, text)
    if isRepository {
      try git("init", "--quiet")
      try commit()
    }
  }

  var path: String { folder.path(name) }
  var text: String { get throws { try folder.text(name) } }

  /// The options of all tests: a store in the project, one thread.
  var options: RunOptions {
    var options = RunOptions()
    options.settings.threads = 1
    return options
  }

  @discardableResult
  func run(_ change: (inout RunOptions) -> Void = { _ in }) throws -> RunReport {
    var options = options
    change(&options)
    return try NotebookRun(path, options: options, tell: { _ in }).run()
  }

  /// Replaces text that occurs in the notebook.
  func edit(_ old: String, _ new: String) throws {
    let text = try self.text
    guard text.contains(old) else { throw Absent(text: old) }
    try folder.write(name, text.replacingOccurrences(of: old, with: new))
  }

  func removeStore() throws {
    try FileManager.default.removeItem(atPath: folder.path("results"))
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
  }

  func commit() throws {
    try git("add", name)
    try git(
      "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "State")
  }

  private func git(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.path] + arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Absent(text: "git \(arguments)") }
  }

  struct Absent: Error { let text: String }

  static let notebook = """
    # Spirals

    ```yaml {.nbrun-data #spirals}
    spirals: {classes: 3, examples: 120, noise: 0.1, split: {validation: 0.2}}
    ```

    ```yaml {.nbrun-model #net}
    preset: mlp
    features: 2
    hidden: [16, 16]
    classes: 3
    ```

    ```yaml {.nbrun-train #kept}
    model: net
    data: spirals
    steps: 5
    batch: 8
    optimizer: {adamw: {lr: 0.01}}
    ```

    ```yaml {.nbrun-train #again}
    model: net
    data: spirals
    steps: 5
    batch: 8
    optimizer: {adamw: {lr: 0.01}}
    checkpoint: {every: 3}
    ```

    ```yaml {.nbrun-expect #claims}
    - again.digest.weights = kept.digest.weights
    - kept.loss.last < 100
    ```

    The peak was <!-- nbrun:val kept.memory.peak --><!-- /nbrun:val -->.

    """
}
