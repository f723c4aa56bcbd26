import Diagnostics
import Foundation
import Runner
import TestSupport
import Testing

@Suite("Reports of checks")
struct CheckReportTests {
  private func report() throws -> (CheckReport, SmallProject) {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: {every: 2}")
    return (CheckReport(try NotebookCheck(project.path, options: project.options)), project)
  }

  @Test("GitHub gets a workflow command a finding, whose text can't end it or begin another")
  func github() throws {
    let (report, project) = try report()
    let lines = report.githubAnnotations.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("::error file=\(project.path),line="))
    #expect(lines[0].contains(",title=stale again::its output was written for key "))
    let hostile = CheckReport(
      file: "a,b:c.md",
      errors: [
        Diagnostic(
          code: "x", message: "100%\n::set-output name=a::b", source: "a,b:c.md", notes: ["note"])
      ])
    #expect(
      hostile.githubAnnotations
        == "::error file=a%2Cb%3Ac.md,line=1,title=x::100%25%0A::set-output name=a::b%0Anote\n")
  }

  @Test("JUnit gets a suite a notebook and a case a cell")
  func junit() throws {
    let (report, _) = try report()
    let text = CheckReport.junit([report, broken("a")])
    #expect(text.contains("tests=\"6\" failures=\"2\" errors=\"1\""))
    #expect(text.contains("<failure type=\"stale\" "))
    #expect(text.contains("name=\"kept\""))
    #expect(XMLReader(text).problems.isEmpty)
  }

  @Test(
    "JUnit is well-formed XML whatever is in it",
    arguments: HostileText.joined + ["a\"<b>&.md", "\u{1B}[2J \u{0} ]]> &", "a\r\nb", "\u{FFFF}"])
  func wellFormed(text: String) {
    #expect(XMLReader(CheckReport.junit([broken(text)])).problems.isEmpty)
  }

  @Test("What reads the XML here would find what is wrong with it")
  func reader() {
    for text in ["<a>", "</a>", "<a b=\"&\"/>", "<a>&x;</a>", "<a b=\"<\"/>", "<a>]]></a>", "<a"] {
      #expect(!XMLReader(text).problems.isEmpty, "\(text)")
    }
    #expect(XMLReader("<a b=\"&lt;&#10;\"><c-d/>x &amp; y</a>\n").problems.isEmpty)
  }

  private func broken(_ text: String) -> CheckReport {
    CheckReport(
      file: text,
      errors: [Diagnostic(code: "x", message: text, source: "a", notes: ["a\nb", text])])
  }

  @Test("Programs get the findings, and whether all is well")
  func json() throws {
    let (report, _) = try report()
    let text = CheckReport.json([report]).text
    #expect(text.contains("\"ok\": false"))
    #expect(text.contains("\"kind\": \"stale\""))
    let clean = try SmallProject()
    try clean.run()
    let check = CheckReport(try NotebookCheck(clean.path, options: clean.options))
    #expect(CheckReport.json([check]).text.contains("\"ok\": true"))
  }
}
