import Diagnostics
import ModelGraph
import Pretrained

extension BodyReader {
  /// A model that `transformers` saved, with its weights.
  func pretrained(_ folder: YAMLNode, _ node: YAMLNode) -> ModelCell? {
    let known = ["pretrained", "context_length", "dropout", "padding", "head"]
    guard let keys = mapping(node, "a pretrained model", keys: known, place: place),
      let path = text(folder, "pretrained")
    else { return nil }
    do throws(PretrainedProblem) {
      return try modelCell(path, keys)
    } catch {
      note(.pretrained(folder: path, error), at: folder.range)
      return nil
    }
  }

  private func modelCell(
    _ path: String, _ keys: KeyedValues
  ) throws(PretrainedProblem) -> ModelCell {
    var reading = PretrainedReading(folder: path, project: project)
    var architecture = try reading.architecture()
    try change(&architecture, keys)
    // A head that the notebook asks for may be new: its weights are drawn then.
    let weights = try reading.weights(of: architecture, drawsHead: keys["head"] != nil)
    return ModelCell(
      spec: architecture.model,
      pretrained: PretrainedModel(folder: path, files: reading.files, weights: weights))
  }

  private func change(
    _ architecture: inout Architecture, _ keys: KeyedValues
  ) throws(PretrainedProblem) {
    let context = keys["context_length"].flatMap {
      integer($0, "context_length", BodyLimits.sizes)
    }
    let isPadded = keys["padding"].flatMap { flag($0, "padding") }
    do throws(PretrainedFault) {
      if let context { try architecture.set(contextLength: context) }
      if let dropout = keys["dropout"].flatMap({ number($0, "dropout", .belowOne) }) {
        architecture.set(dropout: Float(dropout))
      }
      if let isPadded { try architecture.set(isPadded: isPadded) }
      if let head = keys["head"].flatMap(bertHead) { try architecture.set(head: head) }
    } catch {
      throw .model(error)
    }
  }
}
