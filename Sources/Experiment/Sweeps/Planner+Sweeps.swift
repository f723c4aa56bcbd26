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
    let points = SweepPoints(drafts.compactMap(\.point))
    guard !points.isEmpty else { return }
    for index in drafts.indices where drafts[index].kind != .sweep {
      drafts[index].named = zip(drafts[index].named.indices, drafts[index].named).flatMap {
        points.expanded(
          $1, use: drafts[index].valueUses.isEmpty ? nil : drafts[index].valueUses[$0])
      }
      drafts[index].valueUses = drafts[index].valueUses.map { use in
        ValueUse(value: points.resolved(use.value), range: use.range)
      }
      if let body = drafts[index].body { drafts[index].body = points.expanded(body) }
    }
  }

  /// Evaluates each point of a swept training.
  private mutating func expandTrained() {
    let swept = SweepPoints(drafts.compactMap(\.point))
    drafts = drafts.flatMap { draft -> [Draft] in
      guard case .eval(let eval) = draft.body, let named = swept.named(eval.train),
        named.count > 1, let first = named.first
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

  /// A value of a point: `gpt[batch=2].loss.last` of the cell `gpt[checkpoint=none,batch=2]`.
  func resolved(_ value: ValueReference) -> ValueReference {
    value.resolved { selection in
      guard let target = index(of: selection.sweep), case .sweep(let sweep) = drafts[target].body
      else { return nil }
      return SweepPoints(sweep.points).only(selection)
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
