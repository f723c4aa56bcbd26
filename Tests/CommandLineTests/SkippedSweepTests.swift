import Foundation
import TestSupport
import Testing

@Suite("Sweeps of which parts don't run")
struct SkippedSweepTests {
  private func program(_ change: (String) -> String = { $0 }) throws -> Executable {
    let program = try Executable()
    try program.folder.write(
      "a.md",
      change(
        """
        ```yaml {.nbrun-data #spirals}
        spirals: {examples: 40}
        ```

        ```yaml {.nbrun-model #net}
        preset: mlp
        features: 2
        hidden: [4]
        classes: 2
        ```

        ```yaml {.nbrun-train #s}
        model: net
        data: spirals
        steps: 3
        sweep: {batch: [4, 8], checkpoint: [none, sqrt]}
        ```

        ```yaml {.nbrun-compare #c}
        cells: [s]
        ```

        ```yaml {.nbrun-train #t}
        model: net
        data: spirals
        steps: 3
        batch: 4
        ```

        ```yaml {.nbrun-expect #x}
        - t.digest.weights = s[checkpoint=none,batch=4].digest.weights
        - t.loss.last < 100
        ```

        """))
    return program
  }

  @Test("What shows a sweep that is skipped stays as it is written", arguments: ["1", "2"])
  func skipped(jobs: String) throws {
    let program = try program()
    let first = try program.run("a.md")
    #expect(first.code == 0, "\(first.errors)")
    let text = try program.folder.text("a.md")
    let run = try program.run("a.md", "--skip", "s", "-j", jobs)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try program.folder.text("a.md") == text)
    #expect(try program.run("a.md", "--skip", "spirals", "-j", jobs).code == 0)
    #expect(try program.folder.text("a.md") == text)
  }

  @Test("A sweep some of whose points failed is failed, and so is what shows it")
  func incomplete() throws {
    let program = try program { text in
      text.replacing("batch: [4, 8]", with: "memory_limit: [1 GiB, 1 KiB]")
        .replacing("steps: 3\nsweep", with: "steps: 3\nbatch: 4\nsweep")
        .replacing("s[checkpoint=none,batch=4]", with: "s[checkpoint=none,memory_limit=1GiB]")
    }
    #expect(try program.run("a.md", "-k").code == 5)
    let status = try program.run("status", "a.md").output
    let failed = status.matches(
      of: #/ (s|c) +\w+ +failed +some of the points that it shows failed/#)
    #expect(failed.map(\.output.1) == ["s", "c"], "\(status)")
    let check = try program.run("check", "a.md")
    #expect(check.code == 1 && check.output.contains("failed[s]: some of the points"))
  }

  @Test("Points are named in any order of their axes")
  func names() throws {
    let program = try program()
    let sweep = try program.run(
      "a.md", "--only", "s", "--sweep", "x=1", "--show", "s[checkpoint=none,batch=4].loss.last")
    #expect(sweep.code == 2 && sweep.errors.contains("unknown parameter"))
    try program.folder.write(
      "a.md",
      "---\nparams: {n: 3}\n---\n\n"
        + program.folder.text("a.md").replacing("steps: 3", with: "steps: ${n}"))
    let table = try program.run(
      "a.md", "--sweep", "n=2,3", "--show", "s[checkpoint=none,batch=4].loss.last")
    let rows = table.output.split(separator: "\n").dropFirst()
    #expect(rows.count == 2 && rows.allSatisfy { !$0.contains("–") }, "\(table.output)")
    #expect(try program.run("a.md").code == 0)
    let number = try program.run("runs").output.split(separator: "\n")[1]
      .split(separator: " ")[0]
    let shown = try program.run("show", "\(number)#s[checkpoint=none,batch=4]")
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(try program.run("plan", "a.md#s").output.contains("s[batch=8,checkpoint=sqrt]"))
  }

  @Test(
    "A claim that does not hold, a timeout and an error that does not come are told as failures")
  func failures() throws {
    func status(_ old: String, _ new: String, _ code: Int32) throws -> String {
      let program = try program { $0.replacing(old, with: new) }
      #expect(try program.run("a.md", "-k").code == code)
      return try program.run("status", "a.md").output
    }
    let claim = try status("t.loss.last < 100", "t.loss.last > 100", 1)
    #expect(claim.contains(#/ x +expect +failed +does not hold: t\.loss\.last > 100/#), "\(claim)")
    let error = try status("#t}\n", "#t}\n#| error: true\n", 3)
    #expect(error.contains(#/ t +train +failed +the cell was expected to fail/#), "\(error)")
    let head = "#t}\nmodel: net\ndata: spirals\nsteps: "
    let long = head.replacing("}\n", with: "}\n#| timeout: 1 ms\n") + "30000"
    let timeout = try status(head + "3", long, 3)
    #expect(timeout.contains(#/ t +train +failed +stopped after step/#), "\(timeout)")
  }
}
