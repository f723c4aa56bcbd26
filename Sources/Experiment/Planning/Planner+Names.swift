import Diagnostics
import ModelGraph
import NotebookSyntax

extension Planner {
  /// Checks that layers and values that a policy names exist.
  mutating func checkPolicyNames(of name: String, _ draft: Draft) {
    let (blocks, values) = (draft.reader.blockNames, draft.reader.valueNames)
    guard !(blocks.isEmpty && values.isEmpty), let graph = graph(of: name) else { return }
    let (paths, names) = (graph.layerPaths, graph.blockValueNames)
    for block in blocks where !paths.contains(where: block.text.matches(path:)) {
      note(.unknownBlock(block.text, model: name, known: Self.pathPatterns(paths)), block.range)
    }
    for value in values where !names.contains(where: value.text.matches(path:)) {
      note(
        .unknownActivation(value.text, model: name, known: Self.pathPatterns(names)), value.range)
    }
  }

  /// Checks that patterns of parameters match some, and that some are trained.
  mutating func checkParameters(
    of name: String, _ optimizer: OptimizerSpec, _ draft: Draft
  ) {
    guard let names = graph(of: name)?.parameterNames else { return }
    guard !names.isEmpty else { return note(.noParameters(model: name), draft.directive.idRange) }
    guard !draft.reader.parameterNames.isEmpty else { return }
    for (text, range) in draft.reader.parameterNames {
      let pattern = ParameterPattern(text)
      guard !names.contains(where: pattern.matches) else { continue }
      note(.unknownParameters(text, model: name, known: Self.pathPatterns(names)), range)
    }
    let isFrozen = { (name: String) in optimizer.frozen.contains { $0.matches(name) } }
    if names.allSatisfy(isFrozen) {
      note(.nothingToTrain(model: name), draft.directive.idRange)
    }
  }

  /// Checks that the model's loss has the metrics that an evaluation asks for.
  mutating func checkMetrics(_ model: ModelSpec, _ draft: Draft) {
    for (metric, range) in draft.reader.metrics where !metric.suits(model.loss) {
      note(.metricOfLoss(metric: metric.name, loss: model.loss.name), range)
    }
  }

  /// The paths with `*` for the numbers of repeats: what people write in `blocks`.
  private static func pathPatterns(_ paths: [String]) -> [String] {
    paths.map { path in
      path.split(separator: ".").map { Int($0) == nil ? String($0) : "*" }.joined(separator: ".")
    }.uniqued
  }
}
