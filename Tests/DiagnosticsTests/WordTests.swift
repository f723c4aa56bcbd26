import Diagnostics
import TestSupport
import Testing

@Suite("Words and widths") struct WordTests {
  @Test("The nearest word is close, or there is none")
  func nearest() {
    let keys = ["steps", "batch", "checkpoint", "memory_limit"]
    #expect(nearestWord(to: "step", in: keys) == "steps")
    #expect(nearestWord(to: "Batch", in: keys) == "batch")
    #expect(nearestWord(to: "chekcpoint", in: keys) == "checkpoint")
    #expect(nearestWord(to: "memory-limit", in: keys) == "memory_limit")
    #expect(nearestWord(to: "banana", in: keys) == nil)
    #expect(nearestWord(to: "", in: keys) == nil)
    #expect(nearestWord(to: "x", in: []) == nil)
    #expect(nearestWord(to: String(repeating: "s", count: 1000), in: keys) == nil)
  }

  @Test("Of equally near words the first wins")
  func ties() {
    #expect(nearestWord(to: "bat", in: ["cat", "hat"]) == "cat")
  }

  @Test(
    "Display width counts terminal cells",
    arguments: [
      ("", 0), ("abc", 3), ("日本語", 6), ("ｱ", 1), ("Ａ", 2), ("e\u{301}", 1), ("한국", 4),
      ("👩‍👩‍👧‍👦", 2), ("🇯🇵", 2), ("❤️", 2), ("é", 1), ("…", 1), ("\u{1B}", 6), ("─", 1),
      ("1\u{202F}234 × 2", 9), ("a → b", 5), ("↔\u{FE0F}", 2), ("±0.5 \u{AD}", 11),
      ("x\u{301}≤y", 3),
    ])
  func widths(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test("An address keeps slashes and encodes what isn't plain, byte by byte")
  func addresses() {
    #expect(percentEncoded("results/a b/(x).svg") == "results/a%20b/%28x%29.svg")
    #expect(percentEncoded("図~/\u{301}-_%") == "%E5%9B%B3~/%CC%81-_%25")
  }

  @Test("Signs of markup become references, whatever characters they are a part of")
  func markup() {
    #expect(escapedForMarkup("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;'")
    #expect(escapedForMarkup("'", apostrophes: true) == "&#39;")
    for text in HostileText.joined {
      let rest = replacingScalars(of: escapedForMarkup(text, apostrophes: true)) { scalar in
        "&#;".unicodeScalars.contains(scalar) ? "" : nil
      }
      #expect(!rest.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) }, "\(text)")
    }
  }

  @Test("Safe text stays as it is")
  func safe() {
    for text in ["plain", "日本 — ü", "👩‍👩‍👧‍👦", "e\u{301}"] {
      #expect(sanitizedForTerminal(text) == text)
    }
  }
}
