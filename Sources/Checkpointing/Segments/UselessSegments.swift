public import ModelGraph

/// Segments of a policy that cost time and lower no peak: what they drop is gone anyway, or comes
/// back, before the step is at its largest.
///
/// All of them can be left out together; found by leaving out halves, the last ones first, as
/// segments at the end of a model are the ones that a step differentiates before its gradients grow.
public struct UselessSegments: Hashable, Sendable {
  /// The paths of their layers, in the order of the model.
  public private(set) var layers: [String] = []
  /// What they compute again, as a fraction of the flops of a step without recomputation.
  public private(set) var recomputedFraction = 0.0

  /// The most steps that are tried: beyond it, segments that might be useless go unnamed.
  private static let mostTries = 64

  /// Looks for useless segments; a policy that is left to the planner has none.
  public init(_ training: TrainingGraph, options: TrainingOptions) {
    guard !options.policy.isPlanned else { return }
    var search = Search(training, options: options)
    search.leaveOut(search.candidates[...])
    layers = search.useless.sorted().map { search.name(of: $0) }
    recomputedFraction = search.savedFraction
  }

  /// The steps that leave segments out.
  private struct Search {
    let ranges: [SegmentRange]
    /// Segments in which something is computed again.
    private(set) var candidates: [Int] = []
    private(set) var useless: Set<Int> = []
    private let training: TrainingGraph
    private let options: TrainingOptions
    private let facts: ForwardFacts
    private let table: StepTable
    private let whole: Draft
    private var tries = 0

    init(_ training: TrainingGraph, options: TrainingOptions) {
      (self.training, self.options) = (training, options)
      facts = ForwardFacts(training)
      table = StepTable(training, options: options)
      ranges = SegmentRange.ranges(of: options.policy, in: training, facts)
      whole = Draft(training, ranges: ranges, facts: facts, table: table, options: options)
      let again = Set(whole.repeatedOperations)
      candidates = ranges.indices.filter { index in
        ranges[index].operations.contains(where: again.contains)
      }
    }

    private func draft(without others: Set<Int>) -> Draft {
      let rest = ranges.indices.filter { !others.contains($0) }.map { ranges[$0] }
      return Draft(training, ranges: rest, facts: facts, table: table, options: options)
    }

    /// Leaves out a group if the peak stays, else those halves of it that can be.
    mutating func leaveOut(_ group: ArraySlice<Int>) {
      guard !group.isEmpty, tries < UselessSegments.mostTries else { return }
      tries += 1
      let draft = draft(without: useless.union(group))
      // One that repeats no less is no segment to be rid of.
      if draft.peak <= whole.peak, draft.repeatedSeconds < whole.repeatedSeconds {
        useless.formUnion(group)
      } else if group.count > 1 {
        let middle = group.startIndex + group.count / 2
        leaveOut(group[middle...])
        leaveOut(group[..<middle])
      }
    }

    var savedFraction: Double {
      guard !useless.isEmpty else { return 0 }
      let saved = whole.repeatedFlops - draft(without: useless).repeatedFlops
      return Double(saved) / Double(max(1, whole.flops))
    }

    /// The layer that is the segment, else the first and the last block in it.
    func name(of index: Int) -> String {
      let operations = ranges[index].operations
      let nodes = training.graph.layers.flatMap(\.flattened)
      if let node = nodes.first(where: { $0.operations == operations && !$0.path.isEmpty }) {
        return node.path
      }
      let inside = training.graph.blocks.filter {
        operations.contains($0.operations.lowerBound) && !$0.path.isEmpty
      }
      let ends = [inside.first?.path, inside.last?.path].compactMap { $0 }
      return ends.isEmpty ? "\(operations)" : ends.joined(separator: " … ")
    }
  }
}
