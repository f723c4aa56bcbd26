import Checkpointing
public import Diagnostics
import Experiment
import ModelGraph
public import Records
import Training

/// The memory and the recomputation of a notebook's training cells, before anything runs.
public struct MemoryForecast: Sendable {
  /// The training setups, in the order of the document.
  public let cells: [Cell]
  /// The notebook as the user named it.
  public let file: String
  /// Warnings about the notebook.
  public let warnings: [Diagnostic]

  /// A training setup with each of its policies.
  public struct Cell: Sendable {
    /// The cell.
    public let id: String
    /// Its kind: train or plan.
    public let kind: CellKind
    /// The line of its fence, from 1.
    public let line: Int
    /// A row a policy, of which a train cell has one; a plan cell has the planner's ways too.
    public let plan: PlanSummary
    /// Why it would not run; nil where it would, or where the notebook expects the refusal.
    public let refusal: FailureRecord?
  }

  /// Compiles a step of each train and plan cell, or of the one that is named; runs none.
  ///
  /// Of a train cell that is named, the planner's ways and the largest batch are told as of a plan cell.
  /// Measures what operations cost if plans depend on it, and keeps it in the store for the run.
  /// - Parameters:
  ///   - maximum: bytes that may be reserved, in place of the limits in the notebook.
  ///   - measuring: hears before operations of a cell are measured, and how many.
  /// - Throws: `RunFault`.
  public init(
    _ address: CellAddress, options: RunOptions, maximum: Int?,
    measuring: @escaping (_ cell: String, _ operations: Int) -> Void = { _, _ in }
  ) throws(RunFault) {
    let open = try OpenNotebook(
      address.file, overrides: options.overrides, settings: options.settings)
    let wanted = try address.cell.map { id throws(RunFault) in try open.cell(id).id }
    var forecasts: [Cell] = []
    let shelf = options.usesStore ? StoreShelf(options.storePath ?? open.project.storePath) : nil
    let costs = try open.plan.measuredCosts(
      shelf, diskFolder: open.project.results, measuring)
    for cell in open.plan.cells
    where cell.isActive && (wanted == nil || wanted == cell.id || wanted == cell.point?.sweep) {
      let forecaster = Forecaster(
        plan: open.plan, cell: cell, costs: costs, maximum: maximum, isAlone: wanted != nil)
      if let forecast = try forecaster.forecast(in: open) { forecasts.append(forecast) }
    }
    guard !forecasts.isEmpty || wanted == nil else {
      throw .invalid([
        Diagnostic(
          code: "nothing-to-plan", message: "'\(wanted ?? "")' is no train or plan cell",
          source: open.file.name)
      ])
    }
    cells = forecasts
    file = open.file.name
    warnings = open.warnings + (shelf?.warnings ?? [])
  }

  /// What is told before operations of a cell are measured.
  public static func measuring(cell: String, operations: Int) -> String {
    let what = operations == 1 ? "1 operation" : "\(operations) operations"
    return "\(cell): timing \(what), once for this machine and its threads"
  }

  /// Ok, or that something would be refused.
  public var exitCode: ExitCode { cells.contains { $0.refusal != nil } ? .memoryLimit : .ok }

  /// The refusals as diagnostics.
  public var refusals: [Diagnostic] {
    cells.compactMap { cell in
      cell.refusal.map {
        Diagnostic(
          code: $0.code, message: "\(cell.id): \($0.message)", source: "\(file):\(cell.line)",
          notes: $0.notes)
      }
    }
  }
}

/// Compiles the steps of one cell.
private struct Forecaster {
  let plan: ExperimentPlan
  let cell: Experiment.Cell
  let costs: MeasuredCosts?
  let maximum: Int?
  /// Whether the user asked for this cell, so that the planner is asked too.
  let isAlone: Bool

  func forecast(in open: OpenNotebook) throws(RunFault) -> MemoryForecast.Cell? {
    do throws(TrainingFault) {
      return try forecast(cost: try costs?.cost(of: cell) ?? .standard)
    } catch {
      let failure = FailureRecord(error)
      throw .invalid([
        Diagnostic(
          code: failure.code, message: "\(cell.id): \(failure.message)",
          source: "\(open.file.name):\(cell.line)", notes: failure.notes)
      ])
    }
  }

  private func forecast(cost: CostModel) throws(TrainingFault) -> MemoryForecast.Cell? {
    do throws(ModelFault) {
      switch cell.body {
      case .train(let body): return try train(body, cost)
      case .plan(let body): return try predict(body, cost)
      default: return nil
      }
    } catch {
      throw .model(error)
    }
  }

  private func train(
    _ body: TrainCell, _ cost: CostModel
  ) throws(ModelFault) -> MemoryForecast.Cell {
    let options = plan.options(of: body, cost: cost, threads: threads, maximum: maximum)
    let model = model(body.model)
    let training = try TrainingGraph(lowering: model, batch: body.batch, options: options)
    let limit = options.limit(for: training)
    let program = Program(training: training, options: options)
    var refusal: FailureRecord?
    if let limit, program.reservedBytes > limit, maximum != nil || !cell.options.expectsError {
      refusal = FailureRecord(
        .memoryLimit(
          try MemoryRefusal(
            program, limit: limit, model: model, batch: body.batch, options: options)))
    }
    var row = PlanSummary.Row(
      program, policy: body.checkpoint, offload: body.offload,
      useless: UselessSegments(training, options: options))
    var ways: [PlanSummary.Way]?
    if isAlone {
      ways = Frontier(training, options: options).points().map(PlanSummary.Way.init)
      row.largestBatch = try options.memoryLimit.map { limit throws(ModelFault) in
        try BatchSearch(model: model, options: options, limit: limit).largest() ?? 0
      }
    }
    return forecast(PlanSummary(rows: [row], ways: ways, limit: limit), refusal)
  }

  /// A plan's policies are alternatives, so only a limit that none of them keeps is a refusal.
  private func predict(
    _ body: PlanCell, _ cost: CostModel
  ) throws(ModelFault) -> MemoryForecast.Cell {
    let limit = maximum ?? body.memoryLimit ?? plan.settings.memoryLimit
    let model = model(body.model)
    let summary = try PlanSummary(
      predicting: body, model: model, limit: limit, cost: cost, threads: threads)
    let least = summary.rows.map(\.memory.reserved).min() ?? 0
    guard let maximum, least > maximum, let policy = body.policies.first else {
      return forecast(summary, nil)
    }
    let options = body.options(policy, limit: nil, cost: cost, threads: threads)
    let training = try TrainingGraph(lowering: model, batch: body.batch, options: options)
    let refusal = try MemoryRefusal(
      Program(training: training, options: options), limit: maximum, model: model,
      batch: body.batch, options: options)
    return forecast(summary, FailureRecord(.memoryLimit(refusal)))
  }

  private func forecast(
    _ summary: PlanSummary, _ refusal: FailureRecord?
  ) -> MemoryForecast.Cell {
    MemoryForecast.Cell(
      id: cell.id, kind: cell.kind.recordKind, line: cell.line, plan: summary, refusal: refusal)
  }

  private var threads: Int { plan.settings.threads ?? NumericSetup.defaultThreads }

  private func model(_ id: String) -> ModelSpec {
    guard case .model(let model) = plan.cell(id)?.body else {
      preconditionFailure("\(id) was checked to be a model cell")
    }
    return model.spec
  }
}
