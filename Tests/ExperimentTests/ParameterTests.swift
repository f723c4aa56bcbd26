import Diagnostics
import Experiment
import ModelGraph
import Testing

@Suite("Parameters")
struct ParameterTests {
  private func steps(_ plan: ExperimentPlan) throws -> TrainCell.Duration {
    guard case .train(let train) = try cell("t", in: plan).body else { return .steps(0) }
    return train.duration
  }

  @Test("A scalar that is a parameter has the parameter's type, in flow and block YAML")
  func typed() throws {
    let text = front(
      "params: {n: 12, rate: 0.5}",
      train("steps: ${n}\noptimizer: {sgd: {lr: ${rate}, momentum: \"${rate}\"}}")
        .replacing("#wrong", with: "#t"))
    let plan = try plan(text)
    guard case .train(let body) = try cell("t", in: plan).body else { return }
    #expect(body.duration == .steps(12))
    #expect(body.optimizer.algorithm == .sgd(momentum: 0.5, isNesterov: false))
    #expect(body.optimizer.learningRate == 0.5)
  }

  @Test("A parameter inside longer text is text, and $${ is the characters themselves")
  func inserted() throws {
    let text = front(
      "params: {name: small, n: 3}",
      "```yaml {.nbrun-model #m}\n#| caption: \"a ${name} net of ${n}: $${n}\"\npreset: gpt2\n```\n"
    )
    #expect(try plan(text).cells[0].options.caption == "a small net of 3: ${n}")
  }

  @Test("An override is read as the declared type: text of digits stays text")
  func declaredType() throws {
    let text = front(
      "params:\n  v: {type: string, default: x}\n  r: {type: float, default: 1}\n  b: false")
    let plan = try plan(text, overrides: ["v=1.0", "r=2", "b=true", "v=a=b"])
    #expect(plan.parameters.map(\.value) == [.string("a=b"), .float(2), .bool(true)])
    #expect(plan.parameters.map(\.isOverridden) == [true, true, true])
  }

  @Test("Settings take parameters, in flow and block YAML; a title keeps its characters")
  func settings() throws {
    for settings in ["{seed: ${n}, threads: 2}", "{seed: ${n}}\n# ${", "\n  seed: ${n}"] {
      let text = front("title: \"${n} $${n} ${\"\nparams: {n: 3}\nnbrun: \(settings)")
      let plan = try plan(text)
      #expect(plan.settings.seed == 3)
      #expect(plan.title == "${n} $${n} ${")
    }
  }

  @Test("A required parameter takes its value from outside")
  func required() throws {
    let text = front(
      "params: {n: {type: int}}", train("steps: ${n}").replacing("#wrong", with: "#t"))
    #expect(try steps(plan(text, overrides: ["n=4"])) == .steps(4))
  }

  @Test(
    "A faulty parameter is told where it is declared or given, and not where it is used",
    arguments: [
      ("steps: 20", ["steps=many"]), ("steps: {type: int, max: 9, default: 3}", ["steps=10"]),
      ("steps: {type: int}", ["steps=1.5"]), ("steps: {type: int}", []),
      ("steps: {type: int, default: x}", []), ("steps: {type: whole, default: 2}", []),
      ("steps: {type: int, choices: [1, 2]}", ["steps=3"]),
    ])
  func toldOnce(declaration: String, overrides: [String]) {
    let use = train("steps: ${steps}\nseed: ${steps}").replacing("#wrong", with: "#t")
    let text = front("params:\n  \(declaration)", use)
    let told = planning(text, overrides: overrides)
    #expect(told.plan == nil)
    #expect(told.diagnostics.count == 1, "\(faults(text, overrides: overrides))")
  }

  @Test("A name that no parameter has is told of beside those that have faulty values")
  func misspelt() {
    let text = front("params: {steps: 20}", train("steps: ${step}"))
    #expect(faults(text, overrides: ["steps=many"]).contains("did you mean 'steps'?"))
  }

  @Test("A parameter file gives overrides with their lines")
  func file() throws {
    let read = ParameterOverride.read(
      SourceText(name: "p.yaml", text: "steps: 3\nname: \"x y\"\n"))
    #expect(read.diagnostics.isEmpty)
    #expect(
      read.overrides == [
        ParameterOverride(name: "steps", text: "3", origin: "p.yaml:1"),
        ParameterOverride(name: "name", text: "x y", origin: "p.yaml:2"),
      ])
  }

  @Test(
    "A parameter file that is no mapping of values is reported",
    arguments: ["[1]", "a: [1]", "a: {"])
  func faultyFile(text: String) {
    let read = ParameterOverride.read(SourceText(name: "p.yaml", text: text))
    #expect(read.overrides.isEmpty && read.diagnostics.count == 1)
  }

  @Test("An argument is split at its first equals sign")
  func argument() {
    #expect(ParameterOverride(argument: "a=b=c")?.text == "b=c")
    #expect(ParameterOverride(argument: "=b") == nil)
    #expect(ParameterOverride(argument: "ab") == nil)
  }
}
