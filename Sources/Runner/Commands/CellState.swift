import Digests
import Experiment
import NotebookSyntax
public import Records

/// What the written output of a cell is worth.
public struct CellState: Sendable, Equatable {
  /// The cell.
  public let id: String
  /// Its kind.
  public let kind: CellKind
  /// The line of its fence, from 1.
  public let line: Int
  /// Its input key, 64 hexadecimal digits.
  public let key: String
  /// The first digits of the key that its output was written for.
  public let writtenKey: String?
  /// Whether the output can be believed.
  public let standing: Standing

  /// Whether an output can be believed.
  public enum Standing: String, Sendable {
    /// Written for the cell as it is.
    case fresh
    /// Written for another key.
    case stale
    /// Written for the cell as it is, without the points of a sweep that failed.
    case incomplete
    /// Never written.
    case missing
    /// Changed by hand after it was written.
    case edited
    /// The cell does not run: its `when` is false, or that of a cell it needs.
    case inactive
  }
}

extension OpenNotebook {
  /// The standing of every cell, in the order of the document.
  public var cellStates: [CellState] {
    // Points of a sweep have no output of their own.
    plan.cells.filter { $0.point == nil }.map { cell in
      let region = notebook.directive(cell.id)?.output
      let standing: CellState.Standing =
        if !cell.isActive { .inactive } else {
          standing(of: region, notebook.directive(cell.id)?.timing, key: cell.key.hex)
        }
      return CellState(
        id: cell.id, kind: cell.kind.recordKind, line: cell.line, key: cell.key.hex,
        writtenKey: region?.key, standing: standing)
    }
  }

  private func standing(
    of region: OutputRegion?, _ timing: OutputRegion?, key: String
  ) -> CellState.Standing {
    guard let region else { return .missing }
    if region.isEdited || timing?.isEdited ?? false { return .edited }
    if region.isFor(key) { return .fresh }
    return region.isFor(OutputRegion.gapKey(key)) ? .incomplete : .stale
  }
}

extension OutputRegion {
  /// The key for which the output of a cell is written that shows points of a sweep some of which
  /// failed.
  static func gapKey(_ key: String) -> String { Digest(hashing: "gap in \(key)").hex }

  /// Whether it was written for a key.
  func isFor(_ key: String) -> Bool { self.key.map { !$0.isEmpty && key.hasPrefix($0) } ?? false }
}

extension CellState {
  /// The states for programs.
  public static func json(_ states: [CellState]) -> JSONValue {
    .array(
      states.map { state in
        .object([
          ("id", .string(state.id)), ("kind", .string(state.kind.rawValue)),
          ("line", .int(state.line)), ("state", .string(state.standing.rawValue)),
          ("key", .string(state.key)), ("written_key", .optional(state.writtenKey)),
        ])
      })
  }
}
