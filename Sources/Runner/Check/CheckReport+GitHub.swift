import Diagnostics

extension CheckReport {
  /// Workflow commands that GitHub Actions shows as annotations of the notebook's lines.
  ///
  /// Source: GitHub's "Workflow commands for GitHub Actions", `::error file=…,line=…,title=…::…`.
  public var githubAnnotations: String {
    let found = findings.map { finding in
      Self.command(
        "error", file: finding.file, line: finding.line,
        title: "\(finding.kind.rawValue) \(finding.cell)", message: finding.message)
    }
    let faults = errors.map { fault in
      Self.command(
        fault.severity.rawValue, file: fault.source, line: fault.position?.line ?? 1,
        title: fault.code, message: ([fault.message] + fault.notes).joined(separator: "\n"))
    }
    return (faults + found).map { $0 + "\n" }.joined()
  }

  private static func command(
    _ name: String, file: String, line: Int, title: String, message: String
  ) -> String {
    "::\(name) file=\(property(file)),line=\(line),title=\(property(title))::\(data(message))"
  }

  /// What follows `::`: line endings would end the command.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
