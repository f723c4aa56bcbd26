import Checkpointing
import Experiment
import ModelGraph
import Testing

@Suite("Sweeps in notebooks")
struct SweepTests {
  private func sweep(_ axes: String, _ more: String = "") -> String {
    directive(
      "train", "gs", "model: gpt\ndata: corpus\nsteps: 3\nbatch: 2\nsweep: {\(axes)}\(more)")
  }

  @Test("Each combination is a cell, named by its coordinates, and the sweep needs all of them")
  func points() throws {
    let plan = try plan(small + sweep("checkpoint: [none, {every: 2}], batch: [2, 4]"))
    let names = [
      "gs[checkpoint=none,batch=2]", "gs[checkpoint=none,batch=4]",
      "gs[checkpoint=every:2,batch=2]", "gs[checkpoint=every:2,batch=4]",
    ]
    #expect(plan.cells.map(\.id) == ["corpus", "gpt", "run"] + names + ["gs"])
    #expect(try cell("gs", in: plan).dependencies == names)
    #expect(try cell("gs", in: plan).kind == .sweep)
    #expect(plan.namedCell("gs[batch=4, checkpoint=none]")?.id == names[1])
    #expect(plan.namedCell("gs[batch=4]") == nil)
    guard case .train(let train) = try cell(names[3], in: plan).body else { return }
    #expect(train.batch == 4 && train.checkpoint == .every(2))
  }

  @Test("A point's key is that of the same cell written out")
  func keys() throws {
    let swept = try plan(small + sweep("batch: [4, 8]"))
    let written = try plan(
      small + directive("train", "w", "model: gpt\ndata: corpus\nsteps: 3\nbatch: 8"))
    #expect(try cell("gs[batch=8]", in: swept).key == cell("w", in: written).key)
  }

  @Test("A further value changes no point's key, but that of the sweep")
  func furtherValue() throws {
    let (few, more) = (
      try plan(small + sweep("batch: [2, 4]")), try plan(small + sweep("batch: [2, 4, 8]"))
    )
    #expect(try cell("gs[batch=4]", in: few).key == cell("gs[batch=4]", in: more).key)
    #expect(try cell("gs", in: few).key != cell("gs", in: more).key)
  }

  @Test("A key within a key is swept under its last name")
  func nested() throws {
    let plan = try plan(small + sweep("optimizer.adamw.lr: [1e-3, 0.5]"))
    guard case .train(let train) = try cell("gs[lr=0.5]", in: plan).body else { return }
    #expect(train.optimizer.learningRate == 0.5)
    #expect(train.optimizer.name == "adamw")
  }

  @Test("Comparisons, queries, plots and claims name points or the whole sweep")
  func references() throws {
    let text =
      small + sweep("batch: [2, 4]")
      + directive("compare", "all", "cells: [run, gs]\nbaseline: \"gs[batch=4]\"")
      + directive("compare", "one", "cells: [\"gs[batch=4]\", run]")
      + directive("plot", "p", "cells: [gs]\nmetric: loss")
      + directive("query", "q", "sql: SELECT 1\ncells: [gs]")
      + directive("expect", "e", "- gs[batch=2].loss.last < run.loss.last\n- gs.failed = 0")
      + "<!-- nbrun:val gs[batch=4].loss.last -->?<!-- /nbrun:val -->\n"
    let plan = try plan(text)
    let points = ["gs[batch=2]", "gs[batch=4]"]
    #expect(try cell("all", in: plan).dependencies == ["run"] + points)
    guard case .compare(let compare) = try cell("all", in: plan).body else { return }
    #expect(compare.cells == ["run"] + points && compare.baseline == points[1])
    #expect(try cell("one", in: plan).dependencies == [points[1], "run"])
    #expect(try cell("p", in: plan).dependencies == points)
    #expect(try cell("q", in: plan).dependencies == points)
    #expect(try cell("e", in: plan).dependencies == [points[0], "run", "gs"])
  }

  @Test("A row of a swept plan is named behind its point")
  func plans() throws {
    let text =
      small
      + directive("plan", "ps", "model: gpt\npolicies: [none, {every: 2}]\nsweep: {batch: [2, 4]}")
      + directive(
        "expect", "e", "- ps[batch=2][every=2].memory.peak < ps[batch=4][none].memory.peak")
    #expect(
      try cell("e", in: plan(text)).dependencies == ["ps[batch=2]", "ps[batch=4]"])
  }

  @Test("An evaluation of a sweep evaluates each of its points")
  func evaluations() throws {
    let text =
      small + sweep("batch: [2, 4]") + directive("eval", "score", "train: gs\nsplit: train")
    let plan = try plan(text)
    #expect(try cell("score", in: plan).dependencies == ["score[batch=2]", "score[batch=4]"])
    #expect(try cell("score[batch=4]", in: plan).dependencies == ["gs[batch=4]"])
    let one =
      small + sweep("batch: [2, 4]")
      + directive("eval", "score", "train: \"gs[batch=4]\"\nsplit: train")
    #expect(try cell("score", in: self.plan(one)).dependencies == ["gs[batch=4]"])
  }

  private func plan(_ text: String) throws -> ExperimentPlan {
    try ExperimentTests.plan(text)
  }
}
