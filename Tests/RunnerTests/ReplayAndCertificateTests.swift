import Records
import Runner
import TestSupport
import Testing

@Suite("Certificates of policies, and replays that are compared")
struct ReplayAndCertificateTests {
  private static let notebook =
    SmallProject.notebook + """

      ```yaml {.nbrun-train #checked}
      model: net
      data: spirals
      steps: 5
      batch: 8
      optimizer: {adamw: {lr: 0.01}}
      checkpoint: {every: 1}
      verify: replay
      ```

      ```yaml {.nbrun-train #other-seed}
      model: net
      data: spirals
      steps: 5
      batch: 8
      seed: 11
      optimizer: {adamw: {lr: 0.01}}
      ```

      ```yaml {.nbrun-compare #policies}
      cells: [kept, again, checked, other-seed]
      baseline: kept
      show: [loss.last]
      ```

      """

  @Test(
    "Cells that differ in their policy alone are certified to have equal losses, weights and gradients"
  )
  func certificate() throws {
    let project = try SmallProject(Self.notebook)
    let report = try project.run()
    #expect(report.exitCode == .ok)
    let record = try #require(report.cells.first { $0.id == "policies" }?.record)
    guard case .compare(let comparison) = record.output else {
      Issue.record("no comparison")
      return
    }
    let certificate = try #require(comparison.certificates?.first)
    #expect(comparison.certificates?.count == 1)
    #expect(certificate.cells == ["kept", "again", "checked"])
    #expect(certificate.policies == ["none", "every: 3", "every: 1"])
    let kept = report.cells.first { $0.id == "kept" }?.record
    #expect(certificate.losses != nil && certificate.losses == kept?.digest["losses"])
    #expect(certificate.weights != nil && certificate.weights == kept?.digest["weights"])
    #expect(certificate.tellsGradients == true)
    #expect(certificate.gradients != nil)
    #expect(certificate.gradients == kept?.digest["gradients"])
    #expect(certificate.gradients != kept?.digest["weights"])
    #expect(try project.text.contains("| equal bits `"))
    #expect(try project.text.contains("gradients of the last step"))
  }

  @Test("A run whose replay is compared says so, and its numbers are those of one that is not")
  func replay() throws {
    let project = try SmallProject(Self.notebook)
    let report = try project.run()
    let checked = report.cells.first { $0.id == "checked" }?.record
    let kept = report.cells.first { $0.id == "kept" }?.record
    #expect(checked?.digest == kept?.digest)
    let row = try project.text.split(separator: "\n").first {
      $0.contains("computed again and compared")
    }
    #expect(row?.contains("equal bits") == true)
  }
}
