import Checkpointing
import Experiment
import ModelGraph
import ResultStore

extension ExperimentPlan {
  /// The forward operations of a cell whose plan depends on what they cost on this machine; nil for
  /// other cells.
  ///
  /// - Throws: `ModelFault` when the model can't be lowered.
  func costedGraph(of cell: Cell) throws(ModelFault) -> Graph? {
    guard cell.needsMeasuredCosts else { return nil }
    switch cell.body {
    case .train(let body):
      return try graph(body.model, batch: body.batch, precision: body.precision)
    case .plan(let body):
      return try graph(body.model, batch: body.batch, precision: body.precision)
    default: return nil
    }
  }

  private func graph(
    _ model: String, batch: Int, precision: Precision
  ) throws(ModelFault) -> Graph? {
    guard case .model(let model) = cell(model)?.body else { return nil }
    return try Graph(lowering: model.spec, batch: batch, precision: precision)
  }

  /// The costs that plans of the cells are made with; nil where none depends on measured ones, as
  /// then no kernels are needed.
  ///
  /// - Throws: `RunFault.kernels`.
  func measuredCosts(
    _ shelf: StoreShelf?, diskFolder: String,
    _ measuring: @escaping (_ cell: String, _ operations: Int) -> Void
  ) throws(RunFault) -> MeasuredCosts? {
    guard cells.contains(where: \.needsMeasuredCosts) else { return nil }
    let numerics = try NumericSetup(settings)
    return MeasuredCosts(
      self, kernels: numerics.kernels, diskFolder: diskFolder,
      shelf: shelf?.shelf(MachineSetup(numerics.environment)) ?? .none, tell: measuring)
  }
}
