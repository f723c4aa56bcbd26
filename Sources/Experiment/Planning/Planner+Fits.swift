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
      for use in draft.valueUses { check(use) }
      checkTolerances(draft)
    }
    for span in notebook.spans { check(span.reference, at: span.referenceRange) }
    checkSavedFolders()
  }

  /// Weights that are saved replace neither those of another run nor those that a model is read from.
  private mutating func checkSavedFolders() {
    var owners: [String: String] = [:]
    var sources: [String: String] = [:]
    for draft in drafts where draft.options.when {
      guard case .model(let model) = draft.body, let folder = model.pretrained?.folder else {
        continue
      }
      // As 'save' is written in its own directive: './model/' is 'model'.
      let names = folder.split(separator: "/").filter { $0 != "." }
      sources[names.joined(separator: "/")] = draft.directive.id
    }
    for draft in drafts where draft.options.when {
      guard case .train(let train) = draft.body, let folder = train.save else { continue }
      let id = draft.point?.id ?? draft.directive.id
      if let owner = owners.updateValue(id, forKey: folder) {
        note(.savedTwice(folder: folder, by: owner), draft.directive.idRange)
      }
      if let model = sources[folder] {
        note(.savedOverModel(folder: folder, model: model), draft.directive.idRange)
      }
    }
  }

  // MARK: - Models and data

  private mutating func check(_ train: TrainCell, _ draft: Draft) {
    let model = model(train.model)
    let data = data(train.data)
    let place = range(of: "data", in: draft)
    if let model {
      checkBatch(train.batch, of: model, named: train.model, draft)
      checkPolicyNames(of: train.model, draft)
      checkParameters(of: train.model, train.optimizer, draft)
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
    checkPolicyNames(of: plan.model, draft)
    checkParameters(of: plan.model, plan.optimizer, draft)
    guard let name = plan.data, let data = data(name) else { return }
    checkFit(plan.model, model, name, data, at: range(of: "data", in: draft))
  }

  private mutating func checkBatch(
    _ batch: Int, of model: ModelSpec, named name: String, _ draft: Draft
  ) {
    if graph(of: name)?.surelyLowers(batch: batch) == true { return }
    do throws(ModelFault) {
      _ = try Graph(lowering: model, batch: batch)
    } catch {
      note(.model(error), draft.directive.idRange)
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

  /// A cell's model lowered for one example: once a notebook, as a deep one takes a while.
  mutating func graph(of id: String) -> Graph? {
    guard let index = index(of: id), case .model(let model) = drafts[index].body else { return nil }
    if let graph = drafts[index].reader.graph ?? pretrainedGraphs[id] { return graph }
    let graph = try? Graph(lowering: model.spec, batch: 1)
    pretrainedGraphs[id] = graph
    return graph
  }

  func data(_ id: String) -> DataSpec? {
    guard let index = index(of: id), case .data(let data) = drafts[index].body else { return nil }
    return data
  }

  func range(of role: String, in draft: Draft) -> ByteRange {
    draft.named.first { $0.role == role }?.range ?? draft.directive.idRange
  }
}
