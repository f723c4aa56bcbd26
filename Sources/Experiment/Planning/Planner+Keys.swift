import Checkpointing
import Diagnostics
import Digests
import NotebookSyntax

extension Planner {
  /// The finished plan; nothing is wrong with any draft.
  func plan() -> ExperimentPlan {
    var cells: [String: Cell] = [:]
    for index in order {
      if let cell = cell(of: drafts[index], needing: cells) { cells[cell.id] = cell }
    }
    return ExperimentPlan(
      title: front.title, language: front.language, settings: front.settings,
      parameters: front.parameters,
      cells: drafts.compactMap { cells[$0.id] }, executionOrder: order)
  }

  private func cell(of draft: Draft, needing cells: [String: Cell]) -> Cell? {
    guard let body = draft.body else { return nil }
    let directive = draft.directive
    var draft = draft
    if draft.takesWhatIsThere {
      draft.references.removeAll { !(cells[$0.id]?.isActive ?? false) }
    }
    let dependencies = draft.references.map(\.id).uniqued
    let fields = fields(of: draft, body: body, needing: cells)
    return Cell(
      id: draft.id, kind: draft.kind, directive: directive, point: draft.point,
      line: directive.fenceLines.lowerBound, body: body, options: draft.options,
      dependencies: dependencies,
      isActive: draft.options.when && dependencies.allSatisfy { cells[$0]?.isActive ?? false },
      key: fields.digest, keyParts: fields.parts)
  }

  private func fields(
    of draft: Draft, body: CellBody, needing cells: [String: Cell]
  ) -> KeyFields {
    var fields = KeyFields()
    fields.add("engine", engineVersion)
    fields.add("kind", draft.kind.rawValue)
    fields.add(body)
    if draft.options.expectsError { fields.add("error", true) }
    // The notebook's limit can't change a result, except where a refusal is the result, or a plan
    // that takes what the limit leaves.
    if draft.options.expectsError || draft.kind == .plan || body.fillsMemory {
      fields.add("settings.memory_limit", front.settings.memoryLimit)
    }
    if !draft.options.dependencies.isEmpty {
      fields.group("deps") { $0.add(draft.options.dependencies) }
    }
    var seen: Set<String> = []
    for reference in draft.references where seen.insert(reference.role).inserted {
      guard let cell = cells[reference.id] else { continue }
      fields.add("cell \(reference.role)", cell.key.hex)
    }
    return fields
  }
}

extension CellBody {
  /// Whether what is kept depends on the notebook's memory limit.
  fileprivate var fillsMemory: Bool {
    guard case .train(let train) = self else { return false }
    return train.checkpoint == .budget(.automatic) && train.memoryLimit == nil
  }
}
