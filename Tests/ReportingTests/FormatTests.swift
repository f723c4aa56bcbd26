import Testing

@testable import Reporting

@Suite("Formats")
struct FormatTests {
  @Test(
    "Sizes print in MiB with two decimals, rounded to the nearest",
    arguments: [
      (0, "0.00"), (1, "0.00"), (5_243, "0.01"), (1_048_576, "1.00"), (1_048_575, "1.00"),
      (432_078_848, "412.06"), (-1_572_864, "-1.50"), (12_884_901_888, "12\u{202F}288.00"),
      (1_043_334, "1.00"), (1_043_333, "0.99"),
    ])
  func sizes(bytes: Int, text: String) {
    #expect(Format.mebibytes(bytes) == text)
  }

  @Test("The extreme sizes print too")
  func extremes() {
    #expect(Format.mebibytes(.max).hasSuffix(".00"))
    #expect(Format.mebibytes(.min).hasPrefix("-8"))
    let groups = Format.count(.min).split(separator: Format.groupSeparator)
    #expect(groups == ["-9", "223", "372", "036", "854", "775", "808"])
  }

  @Test(
    "The digits of a count are grouped by three",
    arguments: [
      (0, "0"), (999, "999"), (1234, "1\u{202F}234"), (12345, "12\u{202F}345"),
      (124_439_808, "124\u{202F}439\u{202F}808"), (-50257, "-50\u{202F}257"),
    ])
  func counts(count: Int, text: String) {
    #expect(Format.count(count) == text)
  }

  @Test(
    "Numbers have four decimals where those say enough, else powers of ten",
    arguments: [
      (3.2140, "3.2140"), (0, "0.0000"), (-0.5, "-0.5000"), (0.0001234567, "1.2346e-04"),
      (12345678, "1.2346e+07"), (9.9999e-5, "9.9999e-05"), (9.99999e-5, "1.0000e-04"),
      (.nan, "NaN"), (-.infinity, "-Inf"), (1e300, "1.0000e+300"), (-0.00001, "-1.0000e-05"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) {
    #expect(Format.number(value) == text)
  }

  @Test("A ratio to nothing and a share of nothing are dashes")
  func ratios() {
    #expect(Format.ratio(58, to: 100) == "0.58×")
    #expect(Format.ratio(58, to: 0) == "–")
    #expect(Format.percent(0.2434) == "24.3 %")
    #expect(Format.percent(.nan) == "–")
  }

  @Test("Times of a table share a unit: ms where one is shorter than 10 ms")
  func times() {
    #expect(TimeUnit(fitting: [0.25, 12]).text(12) == "12.000")
    #expect(TimeUnit(fitting: [0.0042, 12]).text(0.0042) == "4.20")
    #expect(TimeUnit(fitting: [0, 0]).symbol == "s")
    #expect(TimeUnit.described(1.5) == "1.500 s")
  }
}
