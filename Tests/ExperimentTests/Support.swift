import Diagnostics
import Experiment
import NotebookSyntax
import Testing

/// A notebook of directives, each written as `kind id` and a body.
func notebook(_ text: String, name: String = "book.md") -> Notebook {
  Notebook(parsing: SourceText(name: name, text: text))
}

/// One directive in its fence.
func directive(_ kind: String, _ id: String, _ body: String) -> String {
  "```yaml {.nbrun-\(kind) #\(id)}\n\(body)\n```\n\n"
}

/// The result of planning a text.
func planning(
  _ text: String, files: [String: String] = [:], overrides: [String] = [],
  engine: String = "1"
) -> PlanningResult {
  ExperimentPlan.make(
    notebook: notebook(text), overrides: overrides.compactMap(ParameterOverride.init(argument:)),
    project: MemoryFiles(files), engineVersion: engine)
}

/// All diagnostics as printed, an empty line between them.
func faults(
  _ text: String, files: [String: String] = [:], overrides: [String] = []
) -> String {
  let renderer = DiagnosticRenderer(color: false)
  return planning(text, files: files, overrides: overrides).diagnostics.map(renderer.render)
    .joined(separator: "\n\n")
}

/// The plan of a text that has to be right.
func plan(
  _ text: String, files: [String: String] = [:], overrides: [String] = [], engine: String = "1",
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> ExperimentPlan {
  let result = planning(text, files: files, overrides: overrides, engine: engine)
  let renderer = DiagnosticRenderer(color: false)
  let printed = result.diagnostics.map(renderer.render).joined(separator: "\n")
  return try #require(result.plan, "\(printed)", sourceLocation: sourceLocation)
}

/// The cell of a plan.
func cell(_ id: String, in plan: ExperimentPlan) throws -> Cell { try #require(plan.cell(id)) }

/// A data, a model and a train cell that fit.
let small = smallCells.joined()

/// The cells of `small`.
let smallCells = [
  directive("data", "corpus", "tokens: {random: {vocab_size: 256, length: 1000}}"),
  directive(
    "model", "gpt",
    """
    preset: gpt2
    num_layers: 2
    hidden_size: 32
    num_heads: 4
    vocab_size: 256
    context_length: 16
    dropout: 0.0
    """),
  directive("train", "run", "model: gpt\ndata: corpus\nsteps: 10\nbatch: 2"),
]
