import Testing

@testable import nbrun_bench

@Suite("The benchmark's report")
struct BenchmarkReportTests {
  @Test("The table has medians of both sides, and the median and range of the pairs' ratios")
  func table() {
    let lines = Self.report.markdown.split(separator: "\n").filter {
      $0.hasPrefix("| GPT-2 124M, no")
    }
    #expect(
      lines == [
        """
        | GPT-2 124M, no checkpointing | 10.00 s | 5.50 s | 0.55× (0.50–0.60) \
        | 7000 MiB | 3500 MiB | 0.50× (0.45–0.55) |
        """
      ])
  }

  @Test("The report names the machine and the versions of both sides")
  func facts() {
    let text = Self.report.markdown
    for fact in ["Some CPU", "2, 2", "24.0 GiB", "Linux 6.1", "| PyTorch | 2.13.0 |", "avx512"] {
      #expect(text.contains(fact), "\(fact) is missing")
    }
  }

  @Test(
    "Numbers print with a fixed number of decimals",
    arguments: [
      (0.0, 2, "0.00"), (1.005, 1, "1.0"), (0.0449, 3, "0.045"), (9.999, 2, "10.00"),
      (1234.5, 0, "1235"), (Double.nan, 2, "–"),
    ])
  func decimals(value: Double, digits: Int, text: String) {
    #expect(fixed(value, digits: digits) == text)
  }

  @Test("A median is the middle value, or halfway between the middle two")
  func medians() {
    #expect(median([3, 1, 2]) == 2)
    #expect(median([4, 1, 2, 3]) == 2.5)
    #expect(median([]).isNaN)
  }

  private static let report = BenchmarkReport(
    machine: Machine(
      processor: "Some CPU", cores: 2, memory: 24 << 30, kernel: "Linux 6.1"),
    threads: 2, steps: 3,
    comparisons: [
      Comparison(
        workload: .gpt2, choice: .none,
        pairs: [
          Comparison.Pair(
            pytorch: sample(step: 10, mebibytes: 7000, of: "PyTorch", "2.13.0"),
            nbrun: sample(step: 5, mebibytes: 3150, of: "kernels", "avx512")),
          Comparison.Pair(
            pytorch: sample(step: 10, mebibytes: 7000, of: "PyTorch", "2.13.0"),
            nbrun: sample(step: 6, mebibytes: 3850, of: "kernels", "avx512")),
        ])
    ])

  private static func sample(
    step: Double, mebibytes: Int, of name: String, _ version: String
  ) -> Sample {
    Sample(
      stepSeconds: [step, step], firstLoss: 10.9, idleResidentBytes: 300 << 20,
      peakResidentBytes: mebibytes << 20, versions: [name: version])
  }
}
