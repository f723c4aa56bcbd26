import Diagnostics
import ModelGraph
import Pretrained

extension BodyReader {
  /// A model that `transformers` saved, with its weights.
  func pretrained(_ folder: YAMLNode, _ node: YAMLNode) -> ModelCell? {
    let known = ["pretrained", "context_length", "dropout", "padding", "head", "loss"]
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
    let changes = changes(keys)
    var reading = PretrainedReading(folder: path, project: project)
    var architecture = try reading.architecture()
    do throws(PretrainedFault) {
      try changes.apply(to: &architecture)
    } catch {
      throw .model(error)
    }
    // A head that the notebook asks for may be new: its weights are drawn then.
    let weights = try reading.weights(of: architecture, drawsHead: keys["head"] != nil)
    var model = architecture.model
    if let loss = changes.loss { model.loss = loss }
    return ModelCell(
      spec: model,
      pretrained: PretrainedModel(folder: path, files: reading.files, weights: weights))
  }

  /// What the notebook says besides the folder: read first, so that its mistakes are told even where
  /// the folder has some.
  private func changes(_ keys: KeyedValues) -> PretrainedChanges {
    PretrainedChanges(
      contextLength: keys["context_length"].flatMap {
        integer($0, "context_length", BodyLimits.sizes)
      },
      dropout: keys["dropout"].flatMap { number($0, "dropout", .belowOne) },
      isPadded: keys["padding"].flatMap { flag($0, "padding") },
      head: keys["head"].flatMap(bertHead), loss: keys["loss"].flatMap(loss))
  }
}

/// What a notebook changes of a model that was saved.
private struct PretrainedChanges {
  var contextLength: Int?
  var dropout: Double?
  var isPadded: Bool?
  var head: BERTSizes.Head?
  var loss: LossSpec?

  func apply(to architecture: inout Architecture) throws(PretrainedFault) {
    if let contextLength { try architecture.set(contextLength: contextLength) }
    if let dropout { architecture.set(dropout: Float(dropout)) }
    if let isPadded { try architecture.set(isPadded: isPadded) }
    if let head { try architecture.set(head: head) }
  }
}
