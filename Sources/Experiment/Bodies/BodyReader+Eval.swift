import Diagnostics
import ModelGraph

extension BodyReader {
  /// An eval directive.
  func eval(_ node: YAMLNode) -> EvalCell? {
    guard
      let keys = mapping(
        node, DirectiveKind.eval.owner, keys: ["train", "data", "split", "batch", "metrics"],
        place: place)
    else { return nil }
    let train = keys.cell("train", [.train])
    let data = keys["data"].flatMap { cell($0, "data", [.data]) }
    let names = TrainCell.Split.allCases.map(\.rawValue)
    let split =
      keys["split"].map { word($0, "split", among: names).flatMap(TrainCell.Split.init) }
      ?? .validation
    let batch = keys["batch"].flatMap { integer($0, "batch", BodyLimits.sizes) }
    let metrics = keys["metrics"].map(metrics) ?? []
    guard let train, let split else { return nil }
    return EvalCell(train: train, data: data, split: split, batch: batch, metrics: metrics)
  }

  /// A generate directive.
  func generate(_ node: YAMLNode) -> GenerateCell? {
    let known = ["train", "prompt", "tokens", "temperature", "top_k", "top_p", "seed"]
    guard
      let keys = mapping(node, DirectiveKind.generate.owner, keys: known, place: place)
    else { return nil }
    let train = keys.cell("train", [.train])
    let prompt = keys.required("prompt").flatMap(prompt)
    let tokens = keys.integer("tokens", 1...1_000_000, default: 100) ?? 100
    let temperature = keys.number("temperature", .notNegative, default: 1) ?? 1
    let topK = keys["top_k"].flatMap { integer($0, "top_k", BodyLimits.sizes) }
    let topP = keys["top_p"].flatMap { number($0, "top_p", .fraction) }
    let seed = seed(keys)
    guard let train, let prompt else { return nil }
    return GenerateCell(
      train: train, prompt: prompt, tokens: tokens, temperature: temperature, topK: topK,
      topP: topP, seed: seed)
  }

  /// A text that is not empty, or a list of tokens.
  private func prompt(_ node: YAMLNode) -> GenerateCell.Prompt? {
    promptRange = node.range
    if node.scalar == nil {
      let tokens = (items(node, "prompt") ?? []).compactMap {
        integer($0, "a token", 0...Int(Int32.max))
      }
      return tokens.isEmpty ? nil : .tokens(tokens.map(Int32.init))
    }
    guard let text = text(node, "prompt") else { return nil }
    guard text.isEmpty else { return .text(text) }
    wrongType(node, "prompt", expected: "text that is not empty, or a list of tokens")
    return nil
  }
}
