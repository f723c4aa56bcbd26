import Experiment
import Foundation
import Runner
import TestSupport
import Testing

@Suite("Examples of CommonMark")
struct CommonMarkTests {
  private static let directive = """
    ```yaml {.nbrun-data #points}
    blobs: {classes: 2, features: 2, examples: 4}
    ```


    """

  /// What a run makes of a text.
  private func run(_ text: String) throws -> String {
    var options = RunOptions()
    options.usesStore = false
    options.settings.threads = 1
    let report = try NotebookRun(.bytes(Array(text.utf8)), options: options, tell: { _ in }).run()
    return String(decoding: report.text ?? [], as: UTF8.self)
  }

  @Test("Every example of the specification comes back byte for byte")
  func untouched() throws {
    for example in CommonMarkExample.all {
      #expect(try run(example.markdown) == example.markdown)
    }
  }

  @Test("Between directives every example stays as it is, and a second run changes nothing")
  func withDirectives() throws {
    // An example with an open fence may swallow what follows.
    let second = Self.directive.replacingOccurrences(of: "#points", with: "#more")
    for example in CommonMarkExample.all {
      let text = Self.directive + example.markdown + "\n\n" + second
      let once = try run(text)
      #expect(once.hasPrefix(Self.directive + "<!-- #region nbrun:out points "))
      #expect(once.contains(example.markdown + "\n\n" + second))
      #expect(try run(once) == once)
    }
  }
}
