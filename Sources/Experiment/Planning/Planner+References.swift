import Diagnostics
import NotebookSyntax

extension Planner {
  /// Finds the cells that bodies and prose name: they exist, form no circle, have the right kind.
  mutating func resolveReferences() {
    let circular = noteCircles()
    for index in drafts.indices {
      for reference in drafts[index].named {
        guard let target = self.index(of: reference.id) else {
          noteUnknown(reference)
          continue
        }
        // Within a circle the kinds are beside the point.
        if circular.contains(index), circular.contains(target) { continue }
        guard reference.kinds.contains(drafts[target].kind) else {
          noteWrongKind(reference, found: drafts[target].kind)
          continue
        }
        drafts[index].references.append(reference)
      }
    }
    if circular.isEmpty { order = topologicalOrder() }
  }

  /// Reports a reference to no cell, with the nearest identifier of a cell that would do.
  mutating func noteUnknown(_ reference: CellReference) {
    // A directive that this version can't run is reported as such, not as missing.
    if notebook.directive(reference.id) != nil { return }
    let known = drafts.filter { reference.kinds.contains($0.kind) }.map(\.id)
    let fault = Fault.unknownCell(reference.id, expected: reference.kinds, known: known)
    faults.append(PlacedFault(fault, at: reference.range))
  }

  private mutating func noteWrongKind(_ reference: CellReference, found: DirectiveKind) {
    let fault: Fault =
      reference.kinds == BodyReader.kindsWithValues
      ? .noValues(reference.id, kind: found)
      : .wrongKind(reference.id, found: found, expected: reference.kinds)
    faults.append(PlacedFault(fault, at: reference.range))
  }

  /// Reports each circle once, where it closes, and returns its cells.
  private mutating func noteCircles() -> Set<Int> {
    var circular: Set<Int> = []
    var search = CircleSearch(
      edges: drafts.map { draft in
        draft.named.compactMap { reference in
          index(of: reference.id).map { (target: $0, range: reference.range) }
        }
      })
    for circle in search.circles() where !circular.isSuperset(of: circle.cells) {
      let ids = circle.cells.map { drafts[$0].id }
      faults.append(PlacedFault(.cycle(ids + [ids[0]]), at: circle.range))
      circular.formUnion(circle.cells)
    }
    return circular
  }

  /// Each cell after those it needs; otherwise the order of the document.
  private func topologicalOrder() -> [Int] {
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: drafts.count)
    func visit(_ index: Int) {
      guard !isDone[index] else { return }
      isDone[index] = true
      for reference in drafts[index].references { self.index(of: reference.id).map(visit) }
      order.append(index)
    }
    drafts.indices.forEach(visit)
    return order
  }
}
