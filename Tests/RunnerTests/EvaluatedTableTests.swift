import Records
import Runner
import TestSupport
import Testing

@Suite("Tables that a model is evaluated on")
struct EvaluatedTableTests {
  private static let model = """
    ```yaml {.nbrun-model #net}
    preset: mlp
    features: 3
    hidden: [4]
    classes: 2
    ```

    """

  private func notebook(columns: String, more: String) -> String {
    func table(_ id: String, _ columns: String, _ more: String) -> String {
      """
      ```yaml {.nbrun-data #\(id)}
      table: {file: \(id).csv, columns: {\(columns)}, target: y\(more)}
      ```

      """
    }
    return table("train", "a: number, c: category, y: category", ", normalize: true")
      + table("test", columns, more) + Self.model + """

        ```yaml {.nbrun-train #t}
        model: net
        data: train
        steps: 20
        batch: 4
        optimizer: {sgd: {lr: 0.5}}
        ```

        ```yaml {.nbrun-eval #own}
        train: t
        split: train
        metrics: [accuracy]
        ```

        ```yaml {.nbrun-eval #other}
        train: t
        data: test
        split: train
        metrics: [accuracy]
        ```

        """
  }

  private static let rows = ["1,u,no", "2,v,no", "3,u,yes", "4,v,yes"]

  private func report(
    _ test: String, columns: String = "a: number, c: category, y: category",
    more: String = ", normalize: true"
  ) throws -> RunReport {
    let project = try DataProject([
      "train.csv": Array(("a,c,y\n" + Self.rows.joined(separator: "\n") + "\n").utf8),
      "test.csv": Array(test.utf8),
    ])
    return try project.run(notebook: notebook(columns: columns, more: more))
  }

  private func loss(_ report: RunReport, _ cell: String) -> Double? {
    report.record(cell)?.metrics["loss"]?.last
  }

  @Test("They are read by the means and words of the training, whatever their own are")
  func fitted() throws {
    // The same rows but one, in another order, with the columns in another order.
    let same = try report("y,c,a\nyes,v,4\nno,u,1\nyes,u,3\nno,v,2\n")
    #expect(loss(same, "other") != nil && loss(same, "other") == loss(same, "own"))
    // Whether numbers are normalized is the training's to say.
    let plain = try report("a,c,y\n1,u,no\n2,v,no\n3,u,yes\n4,v,yes\n", more: "")
    #expect(loss(plain, "other") == loss(same, "own"))
    // A shift by a hundred is no longer hidden by a mean of their own.
    let shifted = try report("a,c,y\n101,u,no\n102,v,no\n103,u,yes\n104,v,yes\n")
    let (own, other) = (try #require(loss(shifted, "own")), try #require(loss(shifted, "other")))
    #expect(other > own + 1)
    // A file without some of the words has the places of the others.
    let part = try report("a,c,y\n3,v,yes\n4,v,yes\n")
    #expect(part.record("other")?.metrics["accuracy"]?.last == 1)
  }

  @Test("A word of held-out rows alone has no place: nothing of them is known in training")
  func heldOutWords() throws {
    let rows = Self.rows + ["2,z,no"]
    let project = try DataProject([
      "train.csv": Array(("a,c,y\n" + rows.joined(separator: "\n") + "\n").utf8),
      "test.csv": Array("a,c,y\n2,z,no\n".utf8),
    ])
    let text = notebook(columns: "a: number, c: category, y: category", more: "")
      .replacing(
        "normalize: true", with: "normalize: true, split: {validation: 0.2, shuffle: false}"
      )
      .replacing("train: t\nsplit: train\nmetrics", with: "train: t\nsplit: validation\nmetrics")
    let report = try project.run(notebook: text)
    #expect(loss(report, "own") != nil && loss(report, "own") == loss(report, "other"))
  }

  @Test("Columns and classes that the training did not have are told")
  func strange() throws {
    #expect(
      try report("a,c,y\n1,u,maybe\n").failure("other")?.message
        == "test.csv: 'maybe' in column 'y' is no class that was trained")
    let missing = try report("a,d,y\n1,u,yes\n", columns: "a: number, d: category, y: category")
    #expect(missing.failure("other")?.message.contains("no column 'c'") == true)
    let other = try report("a,c,y\nx,u,yes\n", columns: "a: category, c: category, y: category")
    #expect(
      other.failure("other")?.message
        == "test.csv: column 'a' was a number in training, and is none here")
  }
}
