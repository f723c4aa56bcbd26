import ModelGraph
import Testing

@Suite("Patterns of parameter names")
struct ParameterPatternTests {
  @Test("A pattern matches a run of whole parts of a name")
  func matches() {
    let name = "block.0.attn.norm.bias"
    for text in [
      "bias", "block", "block.0", "norm.bias", "*norm*", "block.*.attn", "*", "*.bias", name, "0",
      "b*s",
    ] {
      #expect(ParameterPattern(text).matches(name), "\(text)")
    }
    for text in ["bia", "lock.0", "block.1", "norm.", "", "norm*weight", "attn.bias"] {
      #expect(!ParameterPattern(text).matches(name), "\(text)")
    }
  }
}
