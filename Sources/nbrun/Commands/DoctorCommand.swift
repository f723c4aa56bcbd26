import ArgumentParser
import Runner

/// The command `nbrun doctor`.
struct DoctorCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell what of this machine matters to runs, and what is wrong with it.",
    discussion: "Exits with 3 if no cell could run, with 4 if the store can't be used.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let report = MachineReport(storePath: store.path)
    writeToStandardOutput(json ? report.json.text : report.text)
    return report.exitCode
  }
}

extension MachineReport {
  fileprivate var text: String {
    let width = sections.flatMap(\.facts).map(\.name.count).max() ?? 0
    var lines: [String] = []
    for section in sections {
      lines.append(section.title)
      for (name, value) in section.facts {
        let pad = String(repeating: " ", count: width - name.count)
        lines.append("  \(name)\(pad)  \(value)")
      }
    }
    lines.append("")
    lines += problems.flatMap { problem in
      let word = problem.code == .ok ? "warning" : "error"
      return ["\(word): \(problem.message)", "  = \(problem.remedy)"]
    }
    if problems.isEmpty { lines.append("all is well") }
    return lines.joined(separator: "\n") + "\n"
  }
}
