import Checkpointing
import Experiment
import Kernels
import ModelGraph
import ResultStore
import Training

/// The costs that cells' plans are made with: of each operation that was measured on this machine what
/// the store knows; the others are measured, once.
///
/// All plans of a cell are made with them, those that are only told as well, so that what is predicted
/// is what runs.
final class MeasuredCosts {
  private let plan: ExperimentPlan
  private let timer: OperationTimer
  /// Where values of the cells would wait on disk.
  private let diskFolder: String
  private let shelf: CostShelf
  private let told: (_ cell: String, _ operations: Int) -> Void
  /// Costs that plans of some cells were made with before, by cell: theirs are made with them again.
  private let recorded: [String: CostModel]
  private var known: [String: Double]?

  /// - Parameters:
  ///   - diskFolder: where values of the cells would wait on disk.
  ///   - shelf: where costs are kept between runs.
  ///   - recorded: costs of cells whose plans are to be as they were.
  ///   - tell: hears before operations of a cell are measured, and how many.
  init(
    _ plan: ExperimentPlan, kernels: Kernels, diskFolder: String, shelf: CostShelf,
    recorded: [String: CostModel] = [:], tell: @escaping (_ cell: String, Int) -> Void
  ) {
    self.plan = plan
    self.diskFolder = diskFolder
    self.shelf = shelf
    self.recorded = recorded
    timer = OperationTimer(kernels: kernels)
    told = tell
  }

  /// The costs of a cell; the standard ones for a cell whose plan depends on none.
  ///
  /// - Throws: `TrainingFault.model`, or `.outOfMemory` where an operation's operands find no place.
  func cost(of cell: Cell) throws(TrainingFault) -> CostModel {
    let forms: [OperationForm]
    do throws(ModelFault) {
      guard let graph = try plan.costedGraph(of: cell) else { return .standard }
      if let recorded = recorded[cell.id] { return recorded }
      forms = graph.forms
    } catch {
      throw .model(error)
    }
    let known = try measured(forms, for: cell)
    var cost = CostModel.standard
    for form in forms { cost.operations[form.text] = known[form.text] }
    if cell.mayWaitOnDisk { cost.operations.merge(diskSeconds()) { $1 } }
    return cost
  }

  /// What a mebibyte takes to and from the disk, measured once; nothing where it can't be, as the
  /// standard costs count then.
  private func diskSeconds() -> [String: Double] {
    let names = [CostModel.diskWrite, CostModel.diskRead]
    var known = (self.known ?? shelf.find()).filter { names.contains($0.key) }
    if known.count < names.count, let speed = DiskSpeed.measured(in: diskFolder) {
      let seconds = [
        CostModel.diskWrite: Double(1 << 20) / speed.writeBytesPerSecond,
        CostModel.diskRead: Double(1 << 20) / speed.readBytesPerSecond,
      ]
      known = seconds.merging(shelf.keep(seconds).filter { names.contains($0.key) }) { $1 }
      self.known?.merge(known) { $1 }
    }
    return known
  }

  /// What is known once the missing ones of these operations were measured.
  private func measured(
    _ forms: [OperationForm], for cell: Cell
  ) throws(TrainingFault) -> [String: Double] {
    var known = self.known ?? shelf.find()
    let missing = forms.filter { known[$0.text] == nil }
    if !missing.isEmpty {
      told(cell.id, missing.count)
      var seconds: [String: Double] = [:]
      for form in missing { seconds[form.text] = try timer.seconds(of: form) }
      // What another process kept meanwhile wins.
      known = known.merging(seconds) { $1 }.merging(shelf.keep(seconds)) { $1 }
    }
    self.known = known
    return known
  }
}
