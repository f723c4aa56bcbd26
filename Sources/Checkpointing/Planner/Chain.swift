import ModelGraph

/// A graph as stages in a row, cut where one value alone goes on: what the planner plans.
///
/// Residual connections and skips lie inside stages. The last stage is the loss, which computes its
/// gradient in the same operation and holds nothing.
struct Chain: Sendable {
  /// The stages, the loss last.
  private(set) var stages: [Stage] = []

  /// More stages than these are merged: the planner's time grows with their cube.
  private static let mostStages = 64

  init(stages: [Stage]) { self.stages = stages }

  init(_ training: TrainingGraph, _ facts: ForwardFacts, options: TrainingOptions) {
    var analysis = StageAnalysis(
      training, facts, cost: options.cost, threads: options.threads, offload: options.offload)
    let cuts = Self.merged(Self.cuts(training, facts))
    let count = training.graph.operations.count
    stages.append(analysis.lossStage(at: count))
    // Updates within the backward pass free each gradient at once.
    let frees = options.optimizer.updatesInBackward
    var gradients = frees ? 0 : stages[0].gradientBytes
    let starts = [0] + cuts.map(\.position)
    let ends = cuts.map(\.position) + [count]
    let outputs = cuts.map { Optional($0.tensor) } + [training.graph.prediction]
    for index in starts.indices.reversed() where starts[index] < ends[index] {
      let stage = analysis.stage(
        starts[index]..<ends[index], output: outputs[index], laterGradients: gradients)
      gradients = frees ? 0 : stage.gradientBytes
      stages.append(stage)
    }
    stages.reverse()
  }

  /// A place between two operations that one value crosses.
  private struct Cut {
    var position: Int
    var tensor: TensorID
  }

  private static func cuts(_ training: TrainingGraph, _ facts: ForwardFacts) -> [Cut] {
    let count = training.graph.operations.count
    // How many values cross each place, and the sum of their names: the name where it is one.
    var crossing = Array(repeating: (values: 0, names: 0), count: count + 2)
    for (index, operation) in training.graph.operations.enumerated() {
      for output in operation.outputs where facts.lastReader(of: output) > index {
        crossing[index + 1].values += 1
        crossing[index + 1].names += output.index
        crossing[facts.lastReader(of: output) + 1].values -= 1
        crossing[facts.lastReader(of: output) + 1].names -= output.index
      }
    }
    var (cuts, values, names) = ([Cut](), 0, 0)
    for position in 1..<max(1, count) {
      values += crossing[position].values
      names += crossing[position].names
      if values == 1 { cuts.append(Cut(position: position, tensor: TensorID(names))) }
    }
    return cuts
  }

  private static func merged(_ cuts: [Cut]) -> [Cut] {
    let stride = (cuts.count + mostStages) / mostStages
    return stride <= 1 ? cuts : cuts.indices.filter { $0 % stride == stride - 1 }.map { cuts[$0] }
  }
}
