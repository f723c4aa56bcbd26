import Diagnostics
import ModelGraph
import NotebookSyntax
import Pretrained

extension Planner {
  /// Checks what only several cells together show: sizes, splits, names of values.
  mutating func checkFits() {
    for draft in drafts {
      switch draft.body {
      case .train(let train): check(train, draft)
      case .plan(let plan): check(plan, draft)
      case .eval(let eval): check(eval, draft)
      case .generate(let generate): check(generate, draft)
      case .compare: checkColumns(draft)
      default: break
      }
      for use in draft.reader.valueUses { check(use) }
    }
    for span in notebook.spans { check(span.reference, at: span.referenceRange) }
  }

  // MARK: - Models and data

  private mutating func check(_ train: TrainCell, _ draft: Draft) {
    let model = model(train.model)
    let data = data(train.data)
    let place = range(of: "data", in: draft)
    if let model {
      checkBatch(train.batch, of: model, named: train.model, draft)
      checkBlocks(model, named: train.model, draft)
      checkParameters(model, named: train.model, train.optimizer, draft)
      checkMetrics(model, draft)
      if let folder = train.save, Architecture(of: model) == nil {
        note(.pretrained(folder: folder, .model(.noFamily)), draft.directive.idRange)
      }
    }
    guard let data else { return }
    let before = faults.count
    if let model { checkFit(train.model, model, train.data, data, at: place) }
    // Lengths mean nothing while data and model are of different kinds.
    if faults.count == before { checkSplits(train, model, data, at: place) }
  }

  private mutating func check(_ plan: PlanCell, _ draft: Draft) {
    guard let model = model(plan.model) else { return }
    checkBatch(plan.batch, of: model, named: plan.model, draft)
    checkBlocks(model, named: plan.model, draft)
    checkParameters(model, named: plan.model, plan.optimizer, draft)
    guard let name = plan.data, let data = data(name) else { return }
    checkFit(plan.model, model, name, data, at: range(of: "data", in: draft))
  }

  private mutating func checkBatch(
    _ batch: Int, of model: ModelSpec, named name: String, _ draft: Draft
  ) {
    let sized = SizedModel(model: name, batch: batch)
    // Cells of a notebook share few models, and lowering a deep one takes a while.
    let fault = sizeFaults[sized] ?? Self.sizeFault(of: model, batch: batch)
    sizeFaults[sized] = .some(fault)
    if let fault { note(.model(fault), draft.directive.idRange) }
  }

  /// Lowers the model, which bounds all sizes.
  private static func sizeFault(of model: ModelSpec, batch: Int) -> ModelFault? {
    do throws(ModelFault) {
      _ = try Graph(lowering: model, batch: batch)
      return nil
    } catch {
      return error
    }
  }

  // MARK: - Parts

  mutating func note(_ fault: Fault, _ range: ByteRange) {
    faults.append(PlacedFault(fault, at: range))
  }

  func model(_ id: String) -> ModelSpec? {
    guard let index = index(of: id), case .model(let model) = drafts[index].body else { return nil }
    return model.spec
  }

  func data(_ id: String) -> DataSpec? {
    guard let index = index(of: id), case .data(let data) = drafts[index].body else { return nil }
    return data
  }

  func range(of role: String, in draft: Draft) -> ByteRange {
    draft.reader.references.first { $0.role == role }?.range ?? draft.directive.idRange
  }
}
