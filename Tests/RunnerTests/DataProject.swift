import Experiment
import Foundation
import Records
import Runner
import TestSupport
import Testing

/// A project with data files and a notebook of one data cell, and perhaps a run over it.
struct DataProject {
  let folder: TemporaryDirectory

  init(_ files: [String: [UInt8]] = [:]) throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
    for (name, bytes) in files { try folder.write(name, bytes: bytes) }
  }

  /// Runs a data cell `d`, then, with a model's body, a short training run `t` that tests.
  func run(
    _ data: String, model: String? = nil, evaluate: String = "train", steps: Int = 3,
    training: String = "batch: 2"
  ) throws -> RunReport {
    var text = "```yaml {.nbrun-data #d}\n\(data)\n```\n\n"
    if let model {
      text += """
        ```yaml {.nbrun-model #net}
        \(model)
        ```

        ```yaml {.nbrun-train #t}
        model: net
        data: d
        steps: \(steps)
        \(training)
        evaluate: {every: \(steps), split: \(evaluate)}
        ```

        """
    }
    return try run(notebook: text)
  }

  /// Runs a notebook, going on where a cell fails.
  func run(notebook text: String) throws -> RunReport {
    try folder.write("notebook.md", text)
    var options = RunOptions()
    options.settings.threads = 1
    options.keepsGoing = true
    return try NotebookRun(folder.path("notebook.md"), options: options, tell: { _ in }).run()
  }
}

extension RunReport {
  /// The record of a cell.
  func record(_ id: String) -> Record? { cells.first { $0.id == id }?.record }

  /// What the data cell says of its data.
  var data: DataSummary? {
    guard case .data(let summary)? = record("d")?.output else { return nil }
    return summary
  }

  /// Why a cell failed.
  func failure(_ id: String) -> FailureRecord? {
    guard case .failed(let failure)? = cells.first(where: { $0.id == id })?.outcome else {
      return nil
    }
    return failure
  }
}

/// The bytes of an NPY file.
func npy(_ type: String, _ shape: String, _ data: [UInt8]) -> [UInt8] {
  let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
  return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
    + data
}

/// The bytes of an IDX file of bytes.
func idx(_ sizes: [UInt8], _ data: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] } + data
}

extension Float {
  /// The bytes of an array's number.
  var littleEndianBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: bitPattern >> (8 * $0)) }
  }
}

/// A model of four features and three classes.
let classifier = "preset: mlp\nfeatures: 4\nhidden: [4]\nclasses: 3"

/// A small GPT-2.
func language(_ context: Int, _ vocabulary: Int) -> String {
  """
  preset: gpt2
  num_layers: 1
  hidden_size: 8
  num_heads: 2
  vocab_size: \(vocabulary)
  context_length: \(context)
  dropout: 0.0
  """
}

/// Expects that a training ended well, and logged its loss and that of its evaluation.
func expectTrained(_ report: RunReport, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(report.exitCode == .ok, sourceLocation: sourceLocation)
  let names = report.record("t").map { $0.metrics.keys.sorted() }
  #expect(names?.count == 2, "\(names ?? [])", sourceLocation: sourceLocation)
}
