import Diagnostics
import ModelGraph
import NotebookSyntax

extension Planner {
  /// The kinds that can sweep.
  static let sweptKinds: [DirectiveKind] = [.train, .plan]

  /// The drafts of a directive that sweeps: one a point, and the sweep itself after them.
  ///
  /// From here on points are cells like all others: everything that follows, keys included, knows
  /// nothing of sweeps.
  mutating func sweepDrafts(
    _ sweep: YAMLNode, of directive: Directive, kind: DirectiveKind, body: YAMLNode,
    options: CellOptions, reader: BodyReader
  ) -> [Draft] {
    let axes = reader.sweepAxes(sweep)
    take(reader)
    guard !axes.isEmpty else { return [] }
    let points = axes.combinations.map { combination in
      let point = SweepPoint(
        sweep: directive.id,
        coordinates: combination.map { .init(name: $0.axis.name, value: $0.text) })
      let node = combination.reduce(body) { node, value in
        node.setting(value.axis.path[...], to: value.node, keyRange: value.axis.keyRange)
      }
      let reader = BodyReader(
        place: directive.idRange, settings: front.settings, project: project)
      let body = reader.body(node, kind: kind)
      take(reader)
      return Draft(
        kind: kind, directive: directive, options: options, body: body, reader: reader,
        point: point)
    }
    return points + [summary(of: points, axes: axes.map(\.name), reader: reader)]
  }

  /// The draft of the sweep itself.
  func summary(of points: [Draft], axes: [String], reader: BodyReader) -> Draft {
    var draft = Draft(
      kind: .sweep, directive: points[0].directive, options: points[0].options, body: nil,
      reader: reader)
    draft.options.expectsError = false
    let columns = points.compactMap(\.body).first.map(SweepCell.columns) ?? []
    draft.body = .sweep(
      SweepCell(
        kind: points[0].kind, axes: axes, points: points.compactMap(\.point), columns: columns))
    draft.named = points.enumerated().map { index, point in
      CellReference(
        id: point.id, kinds: [point.kind], role: "points.\(index)",
        range: draft.directive.idRange)
    }
    return draft
  }

  /// Replaces names of sweeps and of points by the points' own identifiers.
  mutating func resolveSweeps() {
    expandTrained()
    notePositions()
    guard drafts.contains(where: { $0.point != nil }) else { return }
    for index in drafts.indices where drafts[index].kind != .sweep {
      drafts[index].named = zip(drafts[index].named.indices, drafts[index].named).flatMap {
        expanded($1, use: drafts[index].valueUses.isEmpty ? nil : drafts[index].valueUses[$0])
      }
      drafts[index].valueUses = drafts[index].valueUses.map { use in
        ValueUse(value: resolved(use.value), range: use.range)
      }
      if let body = drafts[index].body { drafts[index].body = expanded(body) }
    }
  }

  /// Evaluates each point of a swept training.
  private mutating func expandTrained() {
    drafts = drafts.flatMap { draft -> [Draft] in
      guard case .eval(let eval) = draft.body, let named = pointsNamed(eval.train), named.count > 1,
        let first = named.first
      else { return [draft] }
      let points = named.map { point in
        var copy = draft
        var eval = eval
        eval.train = point.id
        copy.body = .eval(eval)
        copy.point = SweepPoint(sweep: draft.directive.id, coordinates: point.coordinates)
        copy.named = draft.named.map { reference in
          var reference = reference
          if reference.role == "train" { reference.id = point.id }
          return reference
        }
        return copy
      }
      return points
        + [summary(of: points, axes: first.coordinates.map(\.name), reader: draft.reader)]
    }
  }

  /// The points that an identifier names: of a sweep all, with coordinates those that have them;
  /// nil for an identifier that is none of a sweep.
  func pointsNamed(_ id: String) -> [SweepPoint]? {
    let points = drafts.compactMap(\.point)
    let whole = points.filter { $0.sweep == id }
    if !whole.isEmpty { return whole }
    guard let selection = SweepSelection(parsing: id) else { return nil }
    let selected = points.filter(selection.contains)
    return selected.isEmpty ? nil : selected
  }

  // MARK: - References

  /// A reference to each point that is named; of a claim, which has a value for each reference, to
  /// the cell of that value.
  private func expanded(_ reference: CellReference, use: ValueUse?) -> [CellReference] {
    var copy = reference
    if let use {
      copy.id = resolved(use.value).cell
      copy.role = copy.id
      return [copy]
    }
    guard let points = pointsNamed(reference.id) else { return [reference] }
    guard reference.role.hasPrefix("cells.") else {
      // One cell is asked for: several are reported as a sweep of the wrong kind.
      if points.count == 1 { copy.id = points[0].id }
      return [copy]
    }
    return points.enumerated().map { index, point in
      copy.id = point.id
      copy.role = "\(reference.role).\(index)"
      return copy
    }
  }

  private func expanded(_ body: CellBody) -> CellBody {
    func ids(_ cells: [String]) -> [String] {
      cells.flatMap { id in pointsNamed(id)?.map(\.id) ?? [id] }.uniqued
    }
    switch body {
    case .compare(var compare):
      compare.cells = ids(compare.cells)
      compare.baseline = pointsNamed(compare.baseline)?.first?.id ?? compare.baseline
      return .compare(compare)
    case .query(var query):
      query.cells = ids(query.cells)
      return .query(query)
    case .plot(var plot):
      switch plot.source {
      case .query: break
      case .sql(let sql, let scope, let cells): plot.source = .sql(sql, scope, cells: ids(cells))
      case .series(let cells, let metrics):
        plot.source = .series(cells: ids(cells), metrics: metrics)
      case .values(let cells): plot.source = .values(cells: ids(cells))
      }
      return .plot(plot)
    case .eval(var eval):
      eval.train = pointsNamed(eval.train)?.first?.id ?? eval.train
      return .eval(eval)
    case .generate(var generate):
      if let points = pointsNamed(generate.train), points.count == 1 {
        generate.train = points[0].id
      }
      return .generate(generate)
    case .expect(let claims):
      return .expect(
        claims.map { claim in
          var claim = claim
          claim.references = claim.references.map(resolved)
          return claim
        })
    case .data, .model, .plan, .train, .sweep: return body
    }
  }

  /// A value of a point: `gpt[batch=2].loss.last` of the cell `gpt[checkpoint=none,batch=2]`.
  func resolved(_ value: ValueReference) -> ValueReference {
    value.resolved { selection in
      let named = drafts.compactMap(\.point).filter(selection.contains)
      return named.count == 1 ? named[0].id : nil
    }
  }
}

extension SweepCell {
  /// The values that a table of points shows.
  static func columns(of body: CellBody) -> [String] {
    switch body {
    case .train(let train):
      var columns = ["loss.last"]
      if let evaluation = train.evaluation {
        columns += (["loss"] + evaluation.metrics.map(\.name))
          .map { "\(evaluation.split.rawValue).\($0).last" }
      }
      return columns + ["memory.peak", "recompute.flops_fraction", "timing.step_median"]
    case .plan(let plan):
      return plan.policies.flatMap {
        ["\($0).memory.peak", "\($0).recompute.flops_fraction"]
      }
    case .eval(let eval): return ["loss"] + eval.metrics.map(\.name)
    default: return []
    }
  }
}

extension ValueReference {
  /// The reference with the cell of the point that its first brackets name, if they do.
  func resolved(_ point: (SweepSelection) -> String?) -> ValueReference {
    guard let bracket = brackets.first,
      let selection = SweepSelection(sweep: cell, bracket: bracket),
      let id = point(selection)
    else { return self }
    return ValueReference(
      cell: id, brackets: Array(brackets.dropFirst()), name: name, text: text)
  }
}
