import Diagnostics
import Experiment
import Foundation
import ModelGraph
import TestSupport
import Testing

@Suite("Models that begin with a folder's weights")
struct PretrainedModelTests {
  private let folder = try? TemporaryDirectory()

  /// A project with the fixtures' folders.
  private func project(_ change: (TemporaryDirectory) throws -> Void = { _ in }) throws
    -> FolderFiles
  {
    let folder = try #require(folder)
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/pretrained")
    let models = URL(fileURLWithPath: folder.path("models"))
    if !FileManager.default.fileExists(atPath: models.path) {
      try FileManager.default.copyItem(at: fixtures, to: models)
    }
    try change(folder)
    return try FolderFiles(root: folder.path)
  }

  private func result(_ body: String, _ project: FolderFiles) -> PlanningResult {
    ExperimentPlan.make(
      notebook: notebook(directive("model", "m", body)), overrides: [], project: project,
      engineVersion: "1")
  }

  private func messages(_ body: String, _ project: FolderFiles) -> [String] {
    result(body, project).diagnostics.map(\.message)
  }

  @Test("The folder's sizes are the model's, and the notebook may change what is no weight")
  func sizes() throws {
    let result = result(
      "pretrained: models/folder_gpt2\ncontext_length: 5\ndropout: 0.25\npadding: true",
      try project())
    guard case .model(let model) = result.plan?.cell("m")?.body else {
      Issue.record("\(result.diagnostics)")
      return
    }
    #expect(
      model.spec
        == .gpt2(
          GPT2Sizes(
            numLayers: 2, hiddenSize: 16, numHeads: 2, vocabularySize: 31, contextLength: 5,
            maxPositions: 12, dropout: 0.25, isPadded: true)))
    #expect(model.pretrained?.files.map(\.name) == ["config.json", "model.safetensors"])
  }

  @Test("A folder's model is trained by the loss that the notebook asks for")
  func losses() throws {
    let body = "pretrained: models/folder_bert_masked_lm\nhead: {classification: 1}\nloss: mse"
    guard case .model(let model) = result(body, try project()).plan?.cell("m")?.body else {
      Issue.record("not read")
      return
    }
    #expect(model.spec.loss == .meanSquaredError)
  }

  @Test("A classifier's dropout may be written, if it is that of the other layers")
  func classifierDropout() throws {
    func messages(dropout: String) throws -> [String] {
      let files = try project { folder in
        let name = "models/folder_bert_classification/config.json"
        let config = try folder.text(name).replacing(
          #/"classifier_dropout": [^,]+/#, with: "\"classifier_dropout\": \(dropout)"
        ).replacing("\"hidden_dropout_prob\": 0.0", with: "\"hidden_dropout_prob\": 0.1")
        try folder.write(name, config)
      }
      return self.messages("pretrained: models/folder_bert_classification", files)
    }
    #expect(try messages(dropout: "0.1") == [])
    #expect(try messages(dropout: "0.2").first?.contains("classifier_dropout: 0.2") == true)
  }

  @Test("A new head is drawn where the notebook asks for one, and only there")
  func heads() throws {
    let files = try project()
    let body = "pretrained: models/folder_bert_masked_lm\nhead: {classification: 4}"
    #expect(messages(body, files) == [])
    #expect(messages("pretrained: models/folder_llama", files) == [])
  }

  @Test("A model that is no known family's can't be saved as one, which is told before it trains")
  func saving() throws {
    let other =
      small
      + directive(
        "train", "saved", "model: gpt\ndata: corpus\nsteps: 1\nbatch: 2\nsave: out/gpt")
    #expect(faults(other) == "")
    let perceptron =
      directive("data", "d", "blobs: {classes: 2, features: 4, examples: 40}")
      + directive("model", "m", "preset: mlp\nfeatures: 4\nhidden: [4]\nclasses: 2")
      + directive("train", "t", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsave: out")
    #expect(faults(perceptron).contains("the model's layers are not those of"))
    #expect(
      faults(small.replacing("batch: 2", with: "batch: 2\nsave: /tmp/x")).contains("absolute"))
  }

  @Test("Weights are saved neither where another run saves nor where a model is read from")
  func savedFolders() throws {
    func saved(_ cell: String, _ folder: String, _ options: String = "") -> String {
      directive(
        "train", cell, "\(options)model: gpt\ndata: corpus\nsteps: 1\nbatch: 2\nsave: \(folder)")
    }
    #expect(faults(small + saved("a", "out/a") + saved("b", "out/b")) == "")
    #expect(faults(small + saved("a", "out") + saved("b", "./out/")).contains("'a' saves too"))
    #expect(faults(small + saved("a", "out") + saved("b", "out", "#| when: false\n")) == "")
    let source = "pretrained: models/folder_gpt2"
    let text =
      directive("model", "m", source)
      + directive("data", "d", "tokens: {random: {vocab_size: 9, length: 99}}")
      + directive("train", "t", "model: m\ndata: d\nsteps: 1\nbatch: 1\nsave: models/folder_gpt2")
    for way in [text, text.replacing(source, with: "pretrained: ./models//folder_gpt2/")] {
      let planned = ExperimentPlan.make(
        notebook: notebook(way), overrides: [], project: try project(), engineVersion: "1")
      #expect(
        planned.diagnostics.map(\.message).filter { $0.contains("folder that 'm' is read from") }
          .count == 1, "\(planned.diagnostics)")
    }
  }

  @Test("A changed weight changes the key")
  func key() throws {
    let body = "pretrained: models/folder_gpt2"
    let before = try #require(result(body, try project()).plan?.cell("m")?.key)
    let changed = try project { folder in
      let path = folder.path("models/folder_gpt2/model.safetensors")
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
    }
    #expect(result(body, changed).plan?.cell("m")?.key != before)
  }

  @Test("Folders that are missing, outside, damaged or of another kind are told at their place")
  func damaged() throws {
    let files = try project { folder in
      try FileManager.default.copyItem(
        atPath: folder.path("models/folder_gpt2"), toPath: folder.path("models/cut"))
      let path = URL(fileURLWithPath: folder.path("models/cut/model.safetensors"))
      try Data(contentsOf: path).prefix(100).write(to: path)
      try folder.write("models/odd/config.json", bytes: Array("{\"model_type\": \"t5\"}".utf8))
    }
    #expect(messages("pretrained: models/none", files) == ["no file 'models/none/config.json'"])
    #expect(
      messages("pretrained: ../models", files) == [
        "'../models/config.json' leads out of the project's folder"
      ])
    #expect(
      messages("pretrained: models/odd", files)
        == ["'models/odd': models of the type 't5' are not known"])
    #expect(messages("pretrained: models/cut", files).first?.contains("model.safetensors") == true)
    #expect(
      messages("pretrained: models/folder_gpt2\ncontext_length: 99", files).first?
        .contains("positions: 12") == true)
    #expect(
      messages("pretrained: models/folder_gpt2\nnum_layers: 3", files).first?
        .contains("num_layers") == true)
  }
}
