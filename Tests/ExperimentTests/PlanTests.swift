import Diagnostics
import Experiment
import Testing

@Suite("Plans")
struct PlanTests {
  @Test("Each cell runs after those it needs, otherwise in the order of the document")
  func order() throws {
    let text =
      directive("expect", "claims", "- run.loss.last < 3")
      + directive("train", "run", "model: net\ndata: d\nsteps: 1\nbatch: 1")
      + directive("data", "d", "blobs: {classes: 2, features: 2, examples: 9}")
      + directive("model", "net", "preset: mlp\nfeatures: 2\nhidden: 3\nclasses: 2")
      + directive("model", "other", "preset: gpt2")
    let plan = try plan(text)
    #expect(plan.cells.map(\.id) == ["claims", "run", "d", "net", "other"])
    #expect(
      plan.executionOrder.map { plan.cells[$0].id } == ["net", "d", "run", "claims", "other"])
  }

  @Test("A cell switched off switches off those that need it")
  func inactive() throws {
    let text =
      front(
        "params: {full: false}",
        small.replacing("model: gpt\n", with: "#| when: ${full}\nmodel: gpt\n"))
      + directive("expect", "claims", "- run.loss.last < 3")
    let off = try plan(text)
    #expect(off.cells.map(\.isActive) == [true, true, false, false])
    let on = try plan(text, overrides: ["full=true"])
    #expect(on.cells.map(\.isActive) == [true, true, true, true])
  }

  @Test("A cell's line is that of its fence")
  func lines() throws {
    #expect(try plan("# Title\n\n" + small).cells.map(\.line) == [3, 7, 17])
  }

  @Test("A file without directives has no faults, whatever its front matter says")
  func noDirectives() throws {
    for text in ["", "text", "---\nparams: 3\nnbrun: [x]\n---\n", "---\n{{ template }}\n---\n"] {
      #expect(try plan(text).cells.isEmpty)
    }
  }

  @Test("Diagnostics of the notebook's syntax bar a plan")
  func syntaxFaults() {
    let result = planning(small + "```yaml {.nbrun-trian #x}\na: 1\n```\n")
    #expect(result.plan == nil && result.diagnostics.count == 1)
  }

  @Test("Settings of the command line win over the notebook's")
  func settingsOverrides() throws {
    let result = ExperimentPlan.make(
      notebook: notebook(front("nbrun: {seed: 7, threads: 2}")),
      settings: SettingsOverrides(threads: 1, numerics: .portable), project: MemoryFiles([:]),
      engineVersion: "1")
    #expect(result.plan?.settings == Settings(seed: 7, threads: 1, numerics: .portable))
  }

  @Test("Seeds of cells win over the notebook's")
  func seeds() throws {
    let text = front(
      "nbrun: {seed: 7}",
      small
        + directive(
          "train", "own", "model: gpt\ndata: corpus\nsteps: 1\nbatch: 1\nseed: 3"))
    let plan = try plan(text)
    guard case .train(let run) = try cell("run", in: plan).body,
      case .train(let own) = try cell("own", in: plan).body
    else { return }
    #expect(run.seed == 7 && own.seed == 3)
  }

  @Test("CRLF, list items and block quotes make the same plan")
  func containers() throws {
    let key = try plan(small).cells.map(\.key)
    let quoted = small.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "> \($0)" }.joined(separator: "\n")
    #expect(try plan(quoted).cells.map(\.key) == key)
    #expect(try plan(small.replacing("\n", with: "\r\n")).cells.map(\.key) == key)
  }
}
