import ArgumentParser
import Diagnostics
import Records
import Reporting
import Runner

/// The command `nbrun plan FILE[#ID]`.
struct PlanCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Tell the memory and the recomputation of training cells before they run.",
    discussion: """
      Trains nothing. Exits with 5 if a cell would exceed its limit or --max-memory. Of a cell that is \
      named it tells more: the planner's frontier of memory against work, the smallest budget, the \
      largest batch that fits, and what each peak consists of.

      Plans of cells with 'cost: measured', or with --cost measured, depend on how long each operation \
      takes on this machine with this number of threads. What the store does not know of it yet is \
      timed now and kept there, so that a run makes the same plan: see 'nbrun cache costs'.
      """)

  @Argument(
    help: ArgumentHelp("A notebook, or one of its cells.", valueName: "file[#id]"),
    completion: .notebooks)
  var address: String

  @Option(
    help: ArgumentHelp("What a cell may reserve: 900MiB.", valueName: "size"),
    transform: byteSize)
  var maxMemory: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let address = CellAddress(address)
    let forecast = try MemoryForecast(
      address, options: try RunOptions(parameters, store, cache), maximum: maxMemory
    ) { cell, operations in
      guard !display.quiet else { return }
      let text = MemoryForecast.measuring(cell: cell, operations: operations)
      writeToStandardError("nbrun: \(text)\n")
    }
    show(forecast.warnings)
    if json {
      writeToStandardOutput(forecast.json.text)
    } else {
      let showsParts = address.cell != nil || display.verbose
      writeToStandardOutput(forecast.text(showsParts: showsParts))
    }
    show(forecast.refusals)
    return forecast.exitCode
  }
}

extension MemoryForecast {
  /// A row a policy; on request what each peak consists of.
  fileprivate func text(showsParts: Bool) -> String {
    guard !cells.isEmpty else { return "no train or plan cells\n" }
    var table = Table(columns: [
      .text("cell"), .text("checkpoint"), .number("peak MiB"), .number("reserved MiB"),
      .number("kept MiB"), .number("recomputed"), .number("added work"), .text("peak in"),
    ])
    let usesDisk = cells.contains { $0.plan.usesDisk }
    if usesDisk { table.columns.append(.number("disk MiB")) }
    for cell in cells {
      for row in cell.plan.rows {
        table.rows.append([.code(cell.id)] + row.cells + (usesDisk ? [row.diskCell] : []))
      }
    }
    var lines = table.terminalLines
    for cell in cells { lines += cell.plan.answers(of: cell.id, showsFrontier: showsParts) }
    if showsParts {
      for cell in cells { for row in cell.plan.rows { lines += row.parts(of: cell.id) } }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension PlanSummary {
  /// What the planner says of a cell that asks it.
  fileprivate func answers(of cell: String, showsFrontier: Bool) -> [String] {
    var lines: [String] = []
    if let smallest { lines.append("\(cell): smallest budget \(smallest.text)") }
    if let limit {
      let fitting = ways?.first { $0.reserved <= limit }
      if let fitting {
        lines.append("\(cell): fastest within \(Format.size(limit)): \(fitting.text)")
      }
      for row in rows {
        guard let batch = row.largestBatch else { continue }
        lines.append("\(cell): largest batch with \(row.policy): \(batch)")
      }
    }
    if showsFrontier, let ways {
      var table = Table(columns: [
        .text("frontier"), .number("peak MiB"), .number("reserved MiB"), .number("added work"),
      ])
      if usesDisk { table.columns.append(.number("disk MiB")) }
      table.rows = ways.map { way in
        [
          .plain(way.policy), .plain(Format.mebibytes(way.peak)),
          .plain(Format.mebibytes(way.reserved)), .plain(Format.percent(way.flopsFraction)),
        ] + (usesDisk ? [.plain(Format.mebibytes(way.disk ?? 0))] : [])
      }
      lines += [""] + table.terminalLines
    }
    return lines
  }
}

extension PlanSummary.Way {
  fileprivate var text: String {
    let waits = disk.map { ", \(Format.size($0)) on disk" } ?? ""
    return
      "\(Format.size(reserved)) (\(policy), \(Format.percent(flopsFraction)) more work\(waits))"
  }
}

extension PlanSummary.Row {
  fileprivate var cells: [Table.Cell] {
    [
      .plain(policy), .plain(Format.mebibytes(memory.plannedPeak)),
      .plain(Format.mebibytes(memory.reserved)), .plain(Format.mebibytes(memory.kept)),
      .plain(Format.count(recompute.operations)), .plain(Format.percent(recompute.flopsFraction)),
      .plain(memory.peakOperation),
    ]
  }

  fileprivate var diskCell: Table.Cell { .plain(Format.mebibytes(memory.disk ?? 0)) }

  /// What is live at the peak, and the largest tensors there.
  fileprivate func parts(of cell: String) -> [String] {
    let parts = [
      ("parameters", memory.parameters), ("gradients", memory.gradients),
      ("optimizer state", memory.optimizer), ("activations", memory.activations),
      ("inputs", memory.inputs), ("workspace", memory.workspace), ("peak", memory.plannedPeak),
    ]
    let table = Self.sizes("at the peak", parts)
    let largest = Self.sizes("largest tensors", memory.largest.map { ($0.name, $0.bytes) })
    return ["", "\(cell), checkpoint \(policy)"] + table.map { "  " + $0 } + [""]
      + largest.map { "  " + $0 }
  }

  private static func sizes(_ title: String, _ sizes: [(String, Int)]) -> [String] {
    var table = Table(columns: [.text(.plain(title)), .number("MiB"), .number("bytes")])
    table.rows = sizes.map { name, bytes in
      [.plain(name), .plain(Format.mebibytes(bytes)), .plain(Format.count(bytes))]
    }
    return table.terminalLines
  }
}
