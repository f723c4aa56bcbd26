import EngineTestSupport
import Experiment
import ModelGraph
import Pretrained
import Testing

@Suite("A model's layers, written out")
struct WrittenLayersTests {
  private static let presets = [
    "preset: gpt2", "preset: gpt2\nnum_layers: 2\ndropout: 0.0\npadding: true",
    "preset: bert", "preset: bert\nnum_layers: 1\nhead: masked_lm\ndropout: 0.25",
    "preset: bert\nhead: none\nattention_dropout: 0.0\nloss: bce",
    "preset: llama\nnum_layers: 2\nnum_kv_heads: 8",
    "preset: llama\nhead_size: 64\ntied: true\nattention_bias: true\nrope_base: 5e5",
    "preset: resnet\ndepth: 18", "preset: vit\nloss: {cross_entropy: {label_smoothing: 0.1}}",
    "preset: mlp\nfeatures: 4\nhidden: [8, 8]\nclasses: 3\nactivation: gelu_exact",
  ]

  private func model(_ body: String) throws -> (ModelSpec, Cell) {
    let cell = try cell("m", in: plan(directive("model", "m", body)))
    guard case .model(let model) = cell.body else { throw NoModel() }
    return (model.spec, cell)
  }

  private struct NoModel: Error {}

  @Test("What is written out is the same model, with the same key", arguments: presets)
  func written(body: String) throws {
    let (spec, cell) = try model(body)
    let (again, written) = try model(spec.yaml)
    #expect(again == spec)
    #expect(written.key == cell.key)
  }

  @Test(
    "A loss is written out with its details",
    arguments: [
      "cross_entropy", "mse", "bce", "{bce: {pos_weight: [2.5]}}",
      "{cross_entropy: {ignore_index: 0, label_smoothing: 0.1, class_weights: [1, 2, 0.5]}}",
    ])
  func losses(text: String) throws {
    let spec = try model("input: {features: 4}\nlayers: [linear: {out: 3}]\nloss: \(text)").0
    let again = try model(spec.yaml).0
    #expect(again == spec)
  }

  @Test("Every generated model is read again as it was", arguments: 0..<200)
  func generated(seed: Int) throws {
    var generator = ModelGenerator(seed: seed)
    let spec = generator.model()
    #expect(try model(spec.yaml).0 == spec, "\(spec.yaml)")
  }

  @Test("Presets of known families are recognised by their layers", arguments: presets.dropLast(3))
  func recognised(body: String) throws {
    let spec = try model(body).0
    #expect(Architecture(of: spec)?.model.layers == spec.layers)
    var other = spec
    other.layers.insert(LayerSpec(.relu), at: 2)
    #expect(Architecture(of: other) == nil)
  }
}
