/// What budgets of memory cost in time, ready to be written as Markdown.
struct FrontierReport {
  /// The machine.
  let machine: Machine
  /// What was trained.
  let setup: FrontierSetup
  /// What the plans weighed recomputation by.
  let cost: FrontierCommand.Cost
  /// The plan that keeps everything.
  let all: FrontierPlan
  /// What was measured, for each cut.
  let rows: [Row]

  /// A cut and its runs.
  struct Row: Equatable {
    /// The share of the activation bytes that had to go.
    let cut: Double
    /// The plan; nil where no plan makes the cut.
    let plan: FrontierPlan?
    /// The runs; nil without a plan.
    let pair: FrontierPair?
  }
}

extension FrontierReport {
  /// The report.
  var markdown: String {
    """
    # The frontier: activation memory against time

    Written by `nbrun-bench frontier`; every time below was measured in one run of it.

    \(table)

    GPT-2 of \(setup.blocks) blocks, width \(setup.width), \(setup.heads) heads, \
    \(setup.vocabulary) tokens; batch \(setup.batch) × \(setup.context), f32, dropout \
    \(setup.dropout), AdamW, \(updates). Plans weigh recomputation by \(costs).

    *Activation bytes* are the most that activations, their gradients and scratch space take at once \
    during a step: not parameters, their gradients, the optimizer's tensors, nor the batch. A cut \
    is of those of a step that keeps everything, and the budget is the smallest of the whole step \
    with the planner's least recomputation that makes the cut. *Recomputed* are flops as a share of \
    the step's without recomputation.

    ## How it was measured

    For each row two runs in one process take turns: a step that keeps everything, a step within the \
    budget, …, \(setup.steps) of each, of which the first is left out as a warm-up. So both meet \
    the same moments of a machine that does other work too. Step times are medians; extra time is the \
    median over pairs of neighbouring steps of budget / everything kept − 1, and in brackets lies the \
    middle half of the pairs. \(laws)

    | | |
    | --- | --- |
    | processor | \(machine.processor) |
    | cores, threads used | \(machine.cores), \(setup.threads) |
    | memory | \(fixed(Double(machine.memory) / 1_073_741_824, digits: 1)) GiB |
    | kernel | \(machine.kernel) |
    | nbrun's kernels | \(rows.compactMap(\.pair).first?.all.kernels ?? "–") |

    """
  }

  private var table: String {
    let head = """
      | activation bytes | budget | activations | peak | recomputed | everything kept | budget | extra time | target |
      | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      """
    return ([head, wholeRow] + rows.map(line)).joined(separator: "\n")
  }

  private var wholeRow: String {
    "| all | – | \(mebibytes(Double(all.activationBytes))) | \(mebibytes(Double(all.peak))) "
      + "| 0 % | \(seconds(median(rows.compactMap(\.pair).map(\.all.step)))) | – | – | – |"
  }

  private func line(_ row: Row) -> String {
    let cut = "−\(fixed(100 * row.cut, digits: 0)) %"
    let target = Self.target(of: row.cut).map { "≤ \(fixed($0, digits: 0)) %" } ?? "–"
    guard let plan = row.plan, let budget = plan.budget, let pair = row.pair else {
      return "| \(cut) | no plan makes it | – | – | – | – | – | – | \(target) |"
    }
    let facts = [
      cut, mebibytes(Double(budget)), mebibytes(Double(plan.activationBytes)),
      mebibytes(Double(plan.peak)), "\(fixed(100 * plan.recomputedFraction, digits: 1)) %",
      seconds(pair.all.step), seconds(pair.budget.step), Self.percent(pair.extras), target,
    ]
    return "| \(facts.joined(separator: " | ")) |"
  }

  /// The median of extra times in percent and, where there are several, their middle half.
  static func percent(_ extras: [Double]) -> String {
    func text(_ extra: Double) -> String {
      let percent = fixed(abs(100 * extra), digits: 1)
      return extra < 0 && percent != "0.0" ? "−\(percent)" : percent
    }
    let middle = "\(text(median(extras))) %"
    guard extras.count > 1 else { return middle }
    let sorted = extras.sorted()
    let half = (sorted.count + 1) / 2
    return middle
      + " (\(text(median(Array(sorted.prefix(half))))) to \(text(median(Array(sorted.suffix(half))))))"
  }

  /// The extra time in percent that the project allows itself for a cut.
  private static func target(of cut: Double) -> Double? {
    [0.3: 3, 0.5: 12, 0.8: 27][cut]
  }

  private var updates: String {
    switch setup.updates {
    case .step: "parameters updated at the end of the step"
    case .backward: "each parameter updated as soon as its gradient is complete"
    }
  }

  private var costs: String {
    switch cost {
    case .model: "flops and bytes at fixed speeds"
    case .measured: "the times of its operations on this machine, measured before"
    }
  }

  /// Whether numbers and peaks were what the laws promise.
  private var laws: String {
    let runs = rows.flatMap { row -> [(Int, FrontierMeasurement)] in
      guard let plan = row.plan, let pair = row.pair else { return [] }
      return [(all.peak, pair.all), (plan.peak, pair.budget)]
    }
    let numbers = Set(runs.map { [$0.1.losses, $0.1.weights] }).count <= 1
    let peaks = runs.allSatisfy { $0.0 == $0.1.peak }
    return "\(numbers ? "All runs gave" : "**Not all runs gave**") the same losses and weights, "
      + "bit for bit, and \(peaks ? "each" : "**not each**") reached the very peak that was planned."
  }
}
