import Diagnostics

extension CheckReport {
  /// Several reports as JUnit XML, as CI servers read it: a suite a notebook, a case a cell.
  public static func junit(_ reports: [CheckReport]) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    let (cases, failures) = (
      reports.reduce(0) { $0 + $1.caseCount }, reports.reduce(0) { $0 + $1.failedCells.count }
    )
    let errors = reports.count { !$0.errors.isEmpty }
    lines.append(
      "<testsuites name=\"nbrun check\" tests=\"\(cases)\" failures=\"\(failures)\" "
        + "errors=\"\(errors)\">")
    for report in reports { lines += report.suite }
    return lines.joined(separator: "\n") + "\n</testsuites>\n"
  }

  /// A notebook that could not be checked is one case, which has an error.
  private var caseCount: Int { errors.isEmpty ? cells.count : 1 }

  private var failedCells: Set<String> { Set(findings.map(\.cell)) }

  private var suite: [String] {
    let name = Self.escaped(file)
    var lines = [
      "  <testsuite name=\"\(name)\" tests=\"\(caseCount)\" failures=\"\(failedCells.count)\" "
        + "errors=\"\(errors.isEmpty ? 0 : 1)\">"
    ]
    if errors.isEmpty {
      lines += cells.flatMap { testCase($0.id, line: $0.line) }
    } else {
      lines.append("    <testcase classname=\"\(name)\" name=\"notebook\" file=\"\(name)\">")
      lines += errors.map { fault in
        "      <error type=\"\(Self.escaped(fault.code))\" "
          + "message=\"\(Self.escaped(fault.message))\">"
          + "\(Self.escaped(fault.notes.joined(separator: "\n")))</error>"
      }
      lines.append("    </testcase>")
    }
    return lines + ["  </testsuite>"]
  }

  private func testCase(_ cell: String, line: Int) -> [String] {
    let name = Self.escaped(file)
    let opening =
      "    <testcase classname=\"\(name)\" name=\"\(Self.escaped(cell))\" file=\"\(name)\" "
      + "line=\"\(line)\""
    let found = findings.filter { $0.cell == cell }
    guard !found.isEmpty else { return [opening + "/>"] }
    let failures = found.map { finding in
      "      <failure type=\"\(finding.kind.rawValue)\" "
        + "message=\"\(Self.escaped(finding.message))\">\(Self.escaped(finding.text))</failure>"
    }
    return [opening + ">"] + failures + ["    </testcase>"]
  }

  /// Text as XML 1.0 holds it: control characters, which it can't, as escapes.
  private static func escaped(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { escapedForMarkup(sanitizedForTerminal(String($0))) }
      .joined(separator: "&#10;")
  }
}
