/// A finished benchmark, ready to be written as Markdown.
struct BenchmarkReport {
  /// The machine.
  let machine: Machine
  /// Worker threads of either side.
  let threads: Int
  /// Steps of each run, warm-up included.
  let steps: Int
  /// What was measured, one for each way of training; each with at least one pair.
  let comparisons: [Comparison]
}

extension BenchmarkReport {
  /// The report.
  var markdown: String {
    """
    # Training steps: nbrun and PyTorch

    Written by `make bench`; every number below was measured in one run of it.

    \(table)

    \(summaries)

    \(facts)

    ## How it was measured

    Each run is a process of its own: PyTorch, nbrun, PyTorch, nbrun, …, with \
    \(pairCount == 1 ? "one pair" : "\(pairCount) pairs") for each row. A run makes \
    \(steps) training steps (forward, backward, optimizer) and its first step is left out as a \
    warm-up. Step times are medians over all the others. Ratios are nbrun / PyTorch, the median \
    over pairs; the range over pairs is in brackets. Peak memory is the process's peak resident \
    size as the system counts it (`ru_maxrss`), runtime and libraries included; before a model \
    existed it was \(idle(\.pytorch)) for PyTorch and \(idle(\.nbrun)) for nbrun. \
    \(removedVariables) are unset for both.

    PyTorch runs eagerly with scaled dot-product attention; checkpointing is \
    `gradient_checkpointing_enable()` (non-reentrant, every block). For nbrun it is `none` and \
    `every: 1`. Both use AdamW; nbrun updates each weight within the backward pass, as a notebook \
    does by default, with the same bits. First losses, of different weights and examples, PyTorch and nbrun: \
    \(firstLosses).

    """
  }

  private var removedVariables: String {
    ChildProcess.removedVariables.sorted().map { "`\($0)`" }.joined(separator: ", ")
  }

  private var pairCount: Int { comparisons.first?.pairs.count ?? 0 }

  private var table: String {
    let rows = comparisons.map { comparison in
      "| \(comparison.workload.title), \(comparison.choice.title) "
        + "| \(seconds(comparison.step(\.pytorch))) | \(seconds(comparison.step(\.nbrun))) "
        + "| \(ratio(comparison.stepRatios)) "
        + "| \(mebibytes(comparison.peak(\.pytorch))) | \(mebibytes(comparison.peak(\.nbrun))) "
        + "| \(ratio(comparison.memoryRatios)) |"
    }
    let head = """
      | training | PyTorch step | nbrun step | ratio | PyTorch peak | nbrun peak | ratio |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      """
    return ([head] + rows).joined(separator: "\n")
  }

  private var facts: String {
    let versions = [\Comparison.Pair.pytorch, \.nbrun].flatMap { side in
      (comparisons.first?.pairs.first?[keyPath: side].versions ?? [:]).sorted { $0.key < $1.key }
    }
    let machine = [
      ("processor", machine.processor),
      ("cores, threads used", "\(machine.cores), \(threads)"),
      ("memory", "\(fixed(Double(machine.memory) / 1_073_741_824, digits: 1)) GiB"),
      ("kernel", machine.kernel),
    ]
    let rows = machine + versions.map { ($0.key, $0.value) }
    return (["| | |", "| --- | --- |"] + rows.map { "| \($0.0) | \($0.1) |" })
      .joined(separator: "\n")
  }

  private func idle(_ side: KeyPath<Comparison.Pair, Sample>) -> String {
    mebibytes(
      median(
        comparisons.flatMap(\.pairs).map { Double($0[keyPath: side].idleResidentBytes) }))
  }

  /// What each workload is.
  private var summaries: String {
    workloads.map { "- **\($0.title)**: \($0.summary)." }.joined(separator: "\n")
  }

  private var workloads: [Workload] {
    Workload.allCases.filter { workload in comparisons.contains { $0.workload == workload } }
  }

  /// Both sides' first losses, for each workload: a sign that both compute the same thing.
  private var firstLosses: String {
    workloads.map { workload in
      let pairs = comparisons.filter { $0.workload == workload }.flatMap(\.pairs)
      func loss(_ side: KeyPath<Comparison.Pair, Sample>) -> String {
        fixed(median(pairs.map { $0[keyPath: side].firstLoss }), digits: 2)
      }
      return "\(workload.title) \(loss(\.pytorch)) and \(loss(\.nbrun))"
    }.joined(separator: ", ")
  }
}

/// Seconds with two decimals.
func seconds(_ value: Double) -> String { "\(fixed(value, digits: 2)) s" }

/// Bytes as MiB; whole ones, as resident sizes are no more exact than that.
func mebibytes(_ bytes: Double) -> String { "\(fixed(bytes / 1_048_576, digits: 0)) MiB" }

/// The median of ratios and, where there are several, their range.
func ratio(_ values: [Double]) -> String {
  let middle = "\(fixed(median(values), digits: 2))×"
  guard values.count > 1, let least = values.min(), let most = values.max() else { return middle }
  return "\(middle) (\(fixed(least, digits: 2))–\(fixed(most, digits: 2)))"
}

/// A number that is not negative with that many decimals, rounded half up.
func fixed(_ value: Double, digits: Int) -> String {
  guard value.isFinite, value >= 0, value < 1e15 else { return "–" }
  let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
  let units = Int((value * Double(scale)).rounded())
  guard digits > 0 else { return "\(units)" }
  let decimals = "\(units % scale)"
  let zeros = String(repeating: "0", count: digits - decimals.count)
  return "\(units / scale).\(zeros)\(decimals)"
}
