import KernelTable
import ModelGraph

#if canImport(Glibc)
  import Glibc
#endif

/// The loss and the metrics of an evaluation.
struct EvaluationMetrics {
  /// The metrics besides the loss.
  let metrics: [EvaluationMetric]

  /// The k's for which targets among the k most likely are counted.
  var hits: [Int] { metrics.compactMap(\.hits) }

  /// The metrics' names and values, the loss first.
  func values(of sums: LossSums) -> [(name: String, value: Double)] {
    var hits = sums.hits[...]
    return [("loss", sums.mean)]
      + metrics.map { metric in
        let value =
          metric.hits == nil
          ? exp(sums.mean) : Double(hits.popFirst() ?? 0) / Double(max(1, sums.count))
        return (metric.name, value)
      }
  }
}
