extension ExperimentPlan {
  /// The cell that a name means: an identifier, or coordinates that only one point of a sweep has,
  /// in any order: `gpt[batch=2]`.
  public func namedCell(_ name: String) -> Cell? {
    if let cell = cell(name) { return cell }
    return SweepSelection(parsing: name).flatMap(onlyPoint).flatMap(cell)
  }

  /// A reference with the full identifier of the point that it names, if it names one.
  public func resolved(_ reference: ValueReference) -> ValueReference {
    reference.resolved(onlyPoint)
  }

  private func onlyPoint(_ selection: SweepSelection) -> String? {
    let points = cells.filter { $0.point.map(selection.contains) ?? false }
    return points.count == 1 ? points[0].id : nil
  }
}
