import Experiment
import Records
import Runner
import Testing

@Suite("why")
struct WhyTests {
  @Test("A cell that was just run is taken from the store, and nothing changed")
  func cached() throws {
    let project = try SmallProject()
    try project.run()
    let story = try why(project, "kept")
    #expect(story.verdict == .cached)
    #expect(story.changes.isEmpty)
    #expect(story.lines.last == "nothing changed since the recorded key")
  }

  @Test("A cell that never ran has nothing recorded")
  func never() throws {
    let story = try why(try SmallProject(), "kept")
    #expect(story.verdict == .notStored)
    #expect(story.recordedKey == nil)
  }

  @Test("A change is named, with the value before and after")
  func changed() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: {every: 2}")
    let story = try why(project, "again")
    #expect(story.verdict == .notStored)
    let change = try #require(story.changes.first)
    #expect(story.changes.count == 1)
    #expect(change.name == "checkpoint")
    #expect(change.before == "every: 3")
    #expect(change.after == "every: 2")
  }

  @Test("A change in a needed cell is followed to its cause")
  func followed() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("noise: 0.1", "noise: 0.2")
    let story = try why(project, "kept")
    #expect(story.changes.map(\.cell) == ["kept", "spirals"])
    #expect(story.changes.last?.name == "noise")
    #expect(story.changes.last?.depth == 1)
  }

  @Test("Of a whole notebook each cause is told once, at its own cell")
  func once() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("noise: 0.1", "noise: 0.2")
    let stories = try KeyStory.stories(of: CellAddress(project.path), options: project.options)
    var told: Set<KeyStory.Change> = []
    let lines = stories.map { $0.lines(but: &told) }
    #expect(lines.joined().count { $0.contains("noise: 0.1 → 0.2") } == 1)
    let place = try #require(stories.firstIndex { $0.id == "spirals" })
    #expect(lines[place].last == "  noise: 0.1 → 0.2")
    #expect(stories.allSatisfy { $0.id == "net" || !$0.changes.isEmpty })
  }

  @Test("Another number of threads is another environment")
  func environment() throws {
    let project = try SmallProject()
    try project.run()
    var options = project.options
    options.settings.threads = 2
    let story = try KeyStory(CellAddress("\(project.path)#kept"), options: options)
    #expect(story.verdict == .otherEnvironment(["threads 1 → 2"]))
    #expect(story.runs)
  }

  @Test("A cell that failed runs again, and its message is told")
  func failed() throws {
    let project = try SmallProject()
    try project.edit("optimizer: {adamw: {lr: 0.01}}\n```", "optimizer: {sgd: {lr: 1e30}}\n```")
    #expect(try project.run().exitCode == .failed)
    let story = try why(project, "kept")
    guard case .failed(let message) = story.verdict else {
      Issue.record("\(story.verdict)")
      return
    }
    #expect(message.contains("not finite"))
  }

  private func why(_ project: SmallProject, _ cell: String) throws -> KeyStory {
    try KeyStory(CellAddress("\(project.path)#\(cell)"), options: project.options)
  }
}
