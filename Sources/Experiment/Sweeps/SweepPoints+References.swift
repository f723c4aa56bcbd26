extension SweepPoints {
  /// A reference to each point that is named; of a claim, which has a value for each reference, to
  /// the cell of that value.
  func expanded(_ reference: CellReference, use: ValueUse?) -> [CellReference] {
    var copy = reference
    if let use {
      copy.id = resolved(use.value).cell
      copy.role = copy.id
      return [copy]
    }
    guard let points = named(reference.id) else { return [reference] }
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

  /// What a cell says, of points.
  func expanded(_ body: CellBody) -> CellBody {
    func ids(_ cells: [String]) -> [String] {
      cells.flatMap { id in named(id)?.map(\.id) ?? [id] }.uniqued
    }
    switch body {
    case .compare(var compare):
      compare.cells = ids(compare.cells)
      compare.baseline = named(compare.baseline)?.first?.id ?? compare.baseline
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
      eval.train = named(eval.train)?.first?.id ?? eval.train
      return .eval(eval)
    case .generate(var generate):
      if let points = named(generate.train), points.count == 1 {
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
    value.resolved(only)
  }
}
