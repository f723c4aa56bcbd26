import Records
import ResultStore
import Testing

@Suite("Claims")
struct ClaimEvaluatorTests {
  private let evaluator = ClaimEvaluator()

  private func fault(_ claim: String, _ bindings: [RecordedValue?] = []) -> ClaimFault? {
    do {
      _ = try evaluator.evaluate(claim, bindings: bindings)
      return nil
    } catch {
      return error
    }
  }

  @Test("A comparison of recorded values holds or fails as arithmetic says")
  func comparisons() throws {
    let sizes: [RecordedValue?] = [.bytes(500), .bytes(1000)]
    #expect(try evaluator.evaluate("? < 0.6 * ?", bindings: sizes))
    #expect(try !evaluator.evaluate("? < 0.4 * ?", bindings: sizes))
    #expect(try evaluator.evaluate("? = ?", bindings: [.text("9b11"), .text("9b11")]))
    #expect(try !evaluator.evaluate("? = ?", bindings: [.text("9b11"), .text("9b12")]))
    #expect(try evaluator.evaluate("abs(? - ?) <= 1e-6", bindings: [.number(1), .number(1)]))
    let range: [RecordedValue?] = [.count(2), .seconds(3)]
    #expect(try evaluator.evaluate("? between 1 and 3 and not ? > 4", bindings: range))
    #expect(try evaluator.evaluate("max(?, ?) = ?", bindings: [.count(2), .count(3), .count(3)]))
  }

  @Test("A quotient of two sizes is a ratio, not an integer division")
  func division() throws {
    #expect(try evaluator.evaluate("? / ? > 0.4", bindings: [.bytes(500), .bytes(1000)]))
    #expect(try !evaluator.evaluate("? / ? = 0", bindings: [.bytes(500), .bytes(1000)]))
  }

  @Test("Sizes are compared to the byte, also where a Double can't hold them")
  func exactness() throws {
    let large = 1 << 53
    #expect(try !evaluator.evaluate("? = ?", bindings: [.bytes(large), .bytes(large + 1)]))
    #expect(try !evaluator.evaluate("? = ?", bindings: [.bytes(large - 1), .bytes(large)]))
  }

  @Test("What is missing, not a number or divided by zero has no truth value")
  func undetermined() {
    #expect(fault("? < 1", [nil]) == .undetermined)
    #expect(fault("? < 1", [.number(.nan)]) == .undetermined)
    #expect(fault("? / ? < 1", [.bytes(1), .bytes(0)]) == .undetermined)
    #expect(fault("NULL") == .undetermined)
  }

  @Test(
    "A value that is no truth value is refused", arguments: ["?", "? + 1", "'yes'", "2", "0.5"])
  func notBoolean(claim: String) {
    let bindings: [RecordedValue?] = claim.contains("?") ? [.number(2.5)] : []
    guard case .notBoolean = fault(claim, bindings) else {
      Issue.record("\(claim) passed for a truth value")
      return
    }
  }

  @Test("What isn't an expression names the fault and its place")
  func invalid() {
    #expect(
      fault("gpt < 1") == .invalid(message: "no such column: gpt", offset: 0))
    #expect(
      fault("? < < 1", [.count(1)]) == .invalid(message: "near \"<\": syntax error", offset: 4))
    #expect(fault("").map(\.message)?.contains("not an expression") == true)
    #expect(fault("\"text\" = 'text'")?.message.contains("no such column") == true)
  }

  @Test("As many values as placeholders are needed")
  func bindings() {
    #expect(fault("? = ?", [.count(1)]) == .misbound(placeholders: 2, values: 1))
    #expect(fault("1 = 1", [.count(1)]) == .misbound(placeholders: 0, values: 1))
  }

  @Test(
    "Nothing but an expression runs",
    arguments: [
      "load_extension('x')", "(SELECT 1)", "1 IN (SELECT 1)",
      "EXISTS (SELECT * FROM sqlite_master)",
      "1) FROM sqlite_master WHERE (1", "1) FROM json_each('[1]') WHERE (1",
      "1) UNION SELECT (1", "1); ATTACH 'x' AS y; SELECT (1", "1); PRAGMA user_version = 3; --",
      "1), (2", "1) --", "zeroblob(1000000000) = 1", "randomblob(9) = 1", "random() = 1",
      "printf('%1000000000d', 1) = 1", "hex(1) = '31'", "readfile('x') = 1", "1\0", "'a' LIKE '%'",
      "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c)",
      "1) FROM pragma_database_list WHERE (1", "replace('a', 'a', 'b') = 'b'", "raise(ABORT, 'x')",
      "current_timestamp = 1", "1 COLLATE nothing = 1", "(VALUES (1))", "sum(1) = 1",
    ])
  func hostile(claim: String) {
    switch fault(claim) {
    case .forbidden, .invalid, .tooLarge: break
    case let other: Issue.record("\(claim): \(String(describing: other))")
    }
  }

  @Test("A huge or deeply nested claim is refused, not evaluated")
  func huge() {
    #expect(fault("1 = 1" + String(repeating: " and 1 = 1", count: 5_000)) == .tooLarge)
    let nested = String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
    #expect(fault(nested) != nil)
    #expect(fault("? = 1", [.text(String(repeating: "x", count: 200_000))]) == .tooLarge)
    #expect(fault(String(repeating: "not ", count: 500) + "1") != nil)
  }
}
