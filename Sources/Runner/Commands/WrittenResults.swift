import Digests
import Experiment
import NotebookSyntax
import Records
import Reporting
import ResultStore

/// What the store holds for the outputs of a notebook, asked for all at once.
struct WrittenResults {
  /// The store.
  let stored: StoredResults
  /// The results by key, each in the words of the question.
  private let results: [String: [CellResult]]
  /// The numeric environments that outputs were written in, as far as runs noted them.
  private let environments: [Region: String]

  private struct Region: Hashable {
    let key: String
    let sum: String
  }

  /// Asks for the results of all outputs, and of cells that have none.
  ///
  /// - Throws: `RunFault.store`.
  init(
    of notebook: Notebook, plan: ExperimentPlan?, _ stored: StoredResults
  ) throws(RunFault) {
    self.stored = stored
    let keys = Set(
      notebook.directives.compactMap { $0.output?.key ?? plan?.cell($0.id)?.key.hex }
    ).sorted()
    results = Dictionary(
      uniqueKeysWithValues: zip(keys, try stored.outcomes(keys: keys)))
    let regions = notebook.directives.compactMap { directive -> Region? in
      guard let key = directive.output?.key, let sum = directive.output?.sum else { return nil }
      return Region(key: key, sum: sum)
    }
    let found = try stored.ask { store throws(StoreFault) in
      try store.sourceEnvironments(regions.map { ($0.key, $0.sum) })
    }
    environments = Dictionary(
      zip(regions, found ?? []).compactMap { region, found in found.map { (region, $0) } }
    ) { first, _ in first }
  }

  /// The results for a key: the newest of each numeric environment, oldest first.
  func of(key: String) -> [CellResult] { results[key] ?? [] }

  /// The result that a region was written from.
  ///
  /// The run that wrote it noted which one; of regions from elsewhere their values tell.
  func source(of region: OutputRegion, key: String?) -> CellResult? {
    let candidates = key.map { of(key: $0) } ?? []
    if let key = region.key, let sum = region.sum,
      let environment = environments[Region(key: key, sum: sum)],
      let result = candidates.last(where: {
        ($0.facts.environment?.identity ?? "") == environment
      })
    {
      return result
    }
    return candidates.last { $0.record?.isSource(of: region) ?? false }
  }
}

extension Record {
  /// Whether a region's text has the values that it would have if it were written from the record.
  fileprivate func isSource(of region: OutputRegion) -> Bool {
    let body = RegionBody(self, options: RegionOptions(figureFolder: ""))
    return RegionValues.parse(body.output).elementsEqual(RegionValues.parse(region.bodyText)) {
      $0.name == $1.name && $0.value == $1.value
    }
  }
}
