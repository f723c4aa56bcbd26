import Checkpointing
import DataFiles
import Digests
import Experiment
import ModelGraph
import Records
import ResultStore
import Training

/// Executes cells: each from its specification and the records of the cells that it needs.
///
/// It knows neither notebook nor store, so that a cell could be executed elsewhere.
struct CellExecution {
  let plan: ExperimentPlan
  let numerics: NumericSetup
  let project: Project
  /// The least time between two saved steps of a training run.
  let saveInterval: Duration
  /// The records so far, by cell.
  var records: [String: Record] = [:]
  /// Why cells failed, by cell.
  var failures: [String: FailureRecord] = [:]
  /// Hears, while a large file is read, the cell, the file, and how many of how many bytes are done.
  var reading: (_ cell: String, _ file: String, _ done: Int, _ total: Int) -> Void = {
    _, _, _, _ in
  }
  /// Whether a training run may continue from the last state of a shorter one.
  var continuesEarlier: (Cell) -> Bool = { _ in false }
  /// Hears from which step of an earlier run a cell went on.
  var continuing: (_ cell: String, _ step: Int) -> Void = { _, _ in }
  /// Hears why a step of a cell can't be saved, where the cell goes on all the same.
  var unsaved: (_ cell: String, FailureRecord) -> Void = { _, _ in }
  /// The costs that a cell's plan is made with.
  var cost: (Cell) throws(TrainingFault) -> CostModel = { _ throws(TrainingFault) in .standard }
  /// Asks the store of all runs.
  var askStore: (ResultQuery) throws(QueryFault) -> QueryAnswer = { _ throws(QueryFault) in
    throw .noStore("none is open")
  }
  /// The notebook's name in the store.
  let notebook: String
  private var data: [String: MadeData] = [:]

  init(
    plan: ExperimentPlan, numerics: NumericSetup, project: Project, notebook: String,
    saveInterval: Duration
  ) {
    self.plan = plan
    self.numerics = numerics
    self.project = project
    self.notebook = notebook
    self.saveInterval = saveInterval
  }

  /// What executing a cell gave: its record and, on failure, why.
  struct Outcome {
    var record: Record
    var fault: TrainingFault?
    /// The training run, whose saved step goes once the record is stored.
    var run: TrainingRun?
  }

  /// Executes a cell.
  ///
  /// - Parameter observe: called after each training step; false stops the run after saving it.
  mutating func execute(_ cell: Cell, observe: (StepReport) -> Bool) -> Outcome {
    var record = Record(
      id: cell.id, kind: cell.kind.recordKind, status: .ok, key: cell.key.hex, output: .none)
    // Set first, as an expected failure is a result as well, and is found again by its environment.
    if cell.kind.dependsOnNumerics || cell.kind.isDerived {
      record.environment = numerics.environment
    }
    do throws(TrainingFault) {
      switch cell.body {
      case .data: record.output = .data(try made(cell.id).summary)
      case .model(let model): record.output = .model(try Self.summary(of: model.spec))
      case .plan(let body): try predict(body, cell: cell, into: &record)
      case .train(let body):
        let run = try train(body, cell: cell, into: &record, observe: observe)
        return Outcome(record: record, run: run)
      case .eval(let body): try evaluate(body, into: &record)
      case .generate(let body): try generate(body, into: &record)
      case .compare(let body): compare(body, into: &record)
      case .expect(let claims): decide(claims, into: &record)
      case .query(let body): ask(body, into: &record)
      case .plot(let body): plot(body, into: &record)
      case .sweep(let body): gather(body, into: &record)
      }
      if record.failure != nil { record.status = cell.options.expectsError ? .ok : .failed }
      return Outcome(record: record)
    } catch {
      record.failure = FailureRecord(error.relative(to: project))
      // What this machine lacks is not what the notebook expects, and may be there next time.
      record.status = cell.options.expectsError && !error.isOfMachine ? .ok : .failed
      record.output = .none
      return Outcome(record: record, fault: error)
    }
  }

  /// A data cell's data, made once a run.
  ///
  /// - Parameter trained: the data that a model was trained on which is evaluated on this.
  mutating func made(_ id: String, as trained: String? = nil) throws(TrainingFault) -> MadeData {
    let fit = try trained.flatMap { trained throws(TrainingFault) in
      trained == id ? nil : try made(trained).fit
    }
    if fit == nil, let made = data[id] { return made }
    guard case .data(let spec) = plan.cell(id)?.body else {
      preconditionFailure("\(id) was checked to be a data cell")
    }
    do throws(DataFileError) {
      let made = try MadeData(spec, trained: fit) { [reading] in reading(id, $0, $1, $2) }
      if fit == nil { data[id] = made }
      return made
    } catch {
      throw .data(error)
    }
  }

  /// Does something with a data cell's data; what does not suit the model is told with its place.
  mutating func withData<Result>(
    of id: String, as trained: String? = nil, _ action: (Dataset) throws(TrainingFault) -> Result
  ) throws(TrainingFault) -> Result {
    let made = try made(id, as: trained)
    do throws(TrainingFault) { return try action(made.dataset) } catch {
      guard case .dataMismatch(let mismatch) = error, case .data(let spec) = plan.cell(id)?.body,
        let origin = spec.origin(of: mismatch)
      else { throw error }
      throw .data(origin)
    }
  }

  /// Forgets the data that was made, unless it takes no more than that.
  mutating func forgetData(beyond byteCount: Int) {
    if data.values.map(\.dataset.byteCount).reduce(0, +) > byteCount { data = [:] }
  }

  /// A model cell's model.
  func model(_ id: String) -> ModelSpec { modelCell(id).spec }

  /// A model cell's model and its weights.
  func modelCell(_ id: String) -> ModelCell {
    guard case .model(let model) = plan.cell(id)?.body else {
      preconditionFailure("\(id) was checked to be a model cell")
    }
    return model
  }

  private static func summary(of model: ModelSpec) throws(TrainingFault) -> ModelSummary {
    do throws(ModelFault) {
      return try ModelSummary(model)
    } catch {
      throw .model(error)
    }
  }
}

extension DirectiveKind {
  /// The kind as records name it.
  var recordKind: CellKind {
    switch self {
    case .data: .data
    case .model: .model
    case .plan: .plan
    case .train: .train
    case .eval: .eval
    case .generate: .generate
    case .compare: .compare
    case .expect: .expect
    case .query: .query
    case .plot: .plot
    case .sweep: .sweep
    }
  }
}
