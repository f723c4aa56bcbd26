import Checkpointing
import Experiment
import Records
import ResultStore

extension CellExecution {
  /// Puts recorded values side by side.
  func compare(_ body: CompareCell, into record: inout Record) {
    record.output = .compare(
      ComparisonSummary(
        baseline: body.baseline, columns: body.show,
        rows: body.cells.map { id in
          ComparisonSummary.Row(cell: id, values: body.show.map { records[id]?.value($0) })
        }, curves: curves(of: body.cells),
        certificates: certificates(of: body.cells)))
  }

  /// Of cells with one setup but several policies, whether they gave the same numbers.
  private func certificates(of cells: [String]) -> [ComparisonSummary.Certificate]? {
    var groups: [(setup: TrainCell, cells: [TrainCell], ids: [String])] = []
    for id in cells {
      guard case .train(let body)? = plan.cell(id)?.body else { continue }
      if let index = groups.firstIndex(where: { $0.setup == body.setup }) {
        groups[index].cells.append(body)
        groups[index].ids.append(id)
      } else {
        groups.append((body.setup, [body], [id]))
      }
    }
    let certificates = groups.compactMap { group -> ComparisonSummary.Certificate? in
      let policies = group.cells.map { $0.checkpoint.description(with: $0.offload) }
      let digests = group.ids.compactMap { records[$0]?.digest }
      guard Set(policies).count > 1, digests.count == policies.count else { return nil }
      func common(_ name: String) -> String? {
        Set(digests.map { $0[name] }).count == 1 ? digests[0][name] : nil
      }
      return ComparisonSummary.Certificate(
        cells: group.ids, policies: policies, losses: common("losses"),
        weights: common("weights"), gradients: common("gradients"),
        tellsGradients: digests.allSatisfy { $0["gradients"] != nil })
    }
    return certificates.isEmpty ? nil : certificates
  }

  /// The memory of a step of each cell that trained, where there are two of them to compare.
  private func curves(of cells: [String]) -> [ComparisonSummary.Curve]? {
    let curves = cells.compactMap { id -> ComparisonSummary.Curve? in
      guard let timeline = records[id]?.memory?.timeline, !timeline.isEmpty else { return nil }
      return ComparisonSummary.Curve(cell: id, timeline: timeline)
    }
    return curves.count > 1 ? curves : nil
  }

  /// Has SQLite decide claims over recorded values; one that can't be decided does not hold.
  func decide(_ claims: [Claim], into record: inout Record) {
    record.output = .expect(
      claims.map { claim in
        let values = claim.references.map { records[$0.cell]?.value($0.path) }
        var result = ClaimResult(
          claim: claim.text, values: Self.bindings(claim.references, values), holds: false)
        do throws(ClaimFault) {
          result.holds = try ClaimEvaluator().evaluate(claim.sql, bindings: values)
        } catch {
          result.reason = error.message
        }
        return result
      })
  }

  private static func bindings(
    _ references: [ValueReference], _ values: [RecordedValue?]
  ) -> [ClaimResult.Binding] {
    var seen = Set<String>()
    return zip(references, values).compactMap { reference, value in
      guard let value, seen.insert(reference.text).inserted else { return nil }
      return ClaimResult.Binding(reference: reference.text, value: value)
    }
  }
}

extension TrainCell {
  /// What decides the numbers of a run, the same for all policies.
  fileprivate var setup: TrainCell {
    var setup = self
    (setup.checkpoint, setup.cost, setup.memoryLimit, setup.save) = (.none, .model, nil, nil)
    setup.offload = nil
    (setup.logEvery, setup.evaluation, setup.verifiesReplay) = (1, nil, false)
    return setup
  }
}
