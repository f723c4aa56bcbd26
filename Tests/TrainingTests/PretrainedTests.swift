import DataFiles
import Foundation
import ModelGraph
import Pretrained
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Folders that transformers saved")
struct PretrainedTests {
  static let names = [
    "folder_gpt2", "folder_bert_classification", "folder_bert_masked_lm", "folder_llama",
  ]

  @Test("A folder's model gives transformers' logits, to 1e-5 of their scale", arguments: names)
  func logits(name: String) throws {
    let folder = try PretrainedFolder(name)
    let expected = try folder.fixture.named("logits").floats("logits")
    expectPyTorch(try folder.logits(), expected, name)
  }

  @Test(
    "Ten steps of AdamW follow transformers' losses to 1e-5, whatever is recomputed",
    arguments: names, [CheckpointPolicy.none, .every(1)])
  func losses(name: String, policy: CheckpointPolicy) throws {
    let folder = try PretrainedFolder(name)
    let steps = try folder.fixture.named("ten steps of adamw")
    let optimizer = try steps.optimizer
    let executor = try folder.executor(policy, optimizer)
    let count = try folder.targetCount
    let losses = (1...10).map { step in
      executor.step(folder.context(step: step, rate: optimizer.learningRate)) { _ in count }
    }
    let expected = try steps.floats("losses")
    for (left, right) in zip(losses, expected) {
      #expect(abs(left - right) <= 1e-5 * abs(right), "\(losses) \(expected)")
    }
    #expect(losses[9] < losses[0])
  }

  @Test("Every gradient is transformers', to 1e-5 of its scale", arguments: names)
  func gradients(name: String) throws {
    let folder = try PretrainedFolder(name)
    let executor = try folder.executor(.none, .sgd(0))
    let count = try folder.targetCount
    _ = executor.step(folder.context(step: 1, rate: 0)) { _ in count }
    // Gradients under transformers' names, as the weights would be written.
    let program = executor.program
    let values = Dictionary(
      uniqueKeysWithValues: zip(program.parameters, program.gradients).map {
        ($0.descriptor.name, executor.arena.floats($1))
      })
    let bytes = try folder.architecture.safetensors { values[$0] ?? [] }.bytes
    let file = try SafetensorsFile(FileBytes(bytes, name: "gradients"))
    let expected = try folder.fixture.named("gradients of the first step")
    // A key's bias adds the same to all scores of a row: its gradient is 0 but for rounding.
    #expect(Set(file.tensorNames) == Set(expected.tensors.keys))
    for tensor in file.tensorNames where !tensor.hasSuffix("key.bias") {
      expectPyTorch(
        try file.floats(named: tensor), try expected.floats(tensor), tensor, tolerance: 2e-5)
    }
  }

  @Test("What is written is what was read: config.json and every tensor", arguments: names)
  func roundTrip(name: String) throws {
    let folder = try PretrainedFolder(name)
    let copy = try TemporaryDirectory()
    let url = URL(fileURLWithPath: copy.path)
    var values: [String: [Float]] = [:]
    let graph = try Graph(lowering: folder.architecture.model, batch: 1)
    for parameter in graph.parameters {
      let name = graph[parameter.tensor].name
      values[name] = try folder.weights.values(of: name)
    }
    try folder.architecture.safetensors { values[$0] ?? [] }
      .write(to: url.appendingPathComponent("model.safetensors").path)
    try folder.architecture.config.write(
      to: url.appendingPathComponent("config.json"), atomically: true, encoding: .utf8)
    let again = try PretrainedFolder(name, folder: url)
    #expect(again.architecture == folder.architecture)
    for (name, expected) in values {
      #expect(try again.weights.values(of: name) == expected, "\(name)")
    }
  }

  @Test("A weight that is no number is told with its file, tensor and index")
  func brokenWeights() throws {
    let folder = try PretrainedFolder("folder_gpt2")
    let graph = try Graph(lowering: folder.architecture.model, batch: 1)
    var values: [String: [Float]] = [:]
    for parameter in graph.parameters {
      let name = graph[parameter.tensor].name
      values[name] = try folder.weights.values(of: name)
    }
    let name = try #require(values.keys.sorted().first { $0.hasSuffix("attention.qkv.weight") })
    values[name]?[5] = .nan
    let bytes = try folder.architecture.safetensors { values[$0] ?? [] }.bytes
    let file = try SafetensorsFolder(name: "folder") { name throws(DataFileError) in
      name == "model.safetensors" ? FileBytes(bytes, name: name) : nil
    }
    let weights = try PretrainedWeights(file, of: folder.architecture)
    #expect {
      _ = try weights.values(of: name)
    } throws: { error in
      "\(error)"
        == "model.safetensors, tensor 'transformer.h.0.attn.c_attn.weight' at [5, 0]: "
        + "a weight is nan as f32, but has to be finite"
    }
  }

  @Test("Tensors that are missing, misshapen or left over are named, with the nearest one")
  func faults() throws {
    let folder = try PretrainedFolder("folder_gpt2")
    guard case .gpt2(var sizes) = folder.architecture else { return }
    let graph = try Graph(lowering: folder.architecture.model, batch: 1)
    var values: [String: [Float]] = [:]
    for parameter in graph.parameters {
      let name = graph[parameter.tensor].name
      values[name] = try folder.weights.values(of: name)
    }
    func fault(_ architecture: Architecture) throws -> PretrainedFault? {
      let bytes = try folder.architecture.safetensors { values[$0] ?? [] }.bytes
      let file = try SafetensorsFolder(name: "folder") { name throws(DataFileError) in
        name == "model.safetensors" ? FileBytes(bytes, name: name) : nil
      }
      do throws(PretrainedFault) {
        _ = try PretrainedWeights(file, of: architecture)
        return nil
      } catch { return error }
    }
    #expect(try fault(folder.architecture) == nil)
    sizes.numLayers = 3
    #expect(
      try fault(.gpt2(sizes))
        == .missingTensor("transformer.h.2.ln_1.weight", near: "transformer.h.0.ln_1.weight"))
    sizes.numLayers = 1
    guard case .unexpectedTensor(let name, _) = try fault(.gpt2(sizes)) else {
      Issue.record("a second block belongs to nothing")
      return
    }
    #expect(name.hasPrefix("transformer.h.1."))
    sizes.numLayers = 2
    sizes.vocabularySize = 30
    #expect(
      try fault(.gpt2(sizes))
        == .misshapenTensor("transformer.wte.weight", found: [31, 16], needed: [30, 16]))
  }

  @Test(
    "A config that asks for what is not computed is refused",
    arguments: [
      "{}", "[]", "{\"model_type\": \"t5\"}", "{\"model_type\": \"gpt2\", \"n_embd\": -1}",
      "{\"model_type\": \"gpt2\", \"n_embd\": 1e300}",
      "{\"model_type\": \"gpt2\", \"n_head\": 7}",
      "{\"model_type\": \"gpt2\", \"layer_norm_epsilon\": 0}",
      "{\"model_type\": \"gpt2\", \"attn_pdrop\": 0}",
      "{\"model_type\": \"bert\", \"layer_norm_eps\": 1e300}",
      "{\"model_type\": \"llama\", \"rope_theta\": -1}",
      "{\"model_type\": \"gpt2\", \"activation_function\": \"relu\"}",
      "{\"model_type\": \"bert\", \"hidden_dropout_prob\": 2}",
      "{\"model_type\": \"bert\", \"architectures\": [\"BertForTokenClassification\"]}",
      "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"linear\"}}",
      "{\"model_type\": \"llama\", \"rope_parameters\": {\"rope_type\": \"yarn\"}}",
    ])
  func configs(text: String) {
    #expect(throws: PretrainedFault.self) { try Architecture(config: Array(text.utf8)) }
  }
}
