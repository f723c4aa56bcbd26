import KernelTable
import Testing

@testable import Kernels

@Suite("Choosing kernels")
struct KernelsTests {
  @Test("The automatic choice is the widest that the machine runs")
  func automatic() throws {
    let kernels = try Kernels(threads: 2)
    #expect(kernels.instructionSet == InstructionSet.supported().last)
    #expect(kernels.threads == 2)
  }

  @Test("A CPU without the instructions is told what lacks and what to do")
  func unavailable() {
    let wide = KernelsUnavailable(wanted: .avx512, missing: ["avx512f", "avx512vl"])
    #expect(
      "\(wide)" == """
        this CPU lacks avx512f, avx512vl, which the AVX-512 kernels need; \
        use numerics: portable, which needs only AVX2
        """)
    let none = KernelsUnavailable(wanted: .avx2, missing: ["avx2"])
    #expect(
      "\(none)" == """
        this CPU lacks avx2, which the AVX2 kernels need; run on an x86-64 CPU with AVX2 and FMA \
        (Intel Haswell or AMD Zen, or later)
        """)
  }

  @Test("Workspaces are whole cache lines and grow with the threads that need them")
  func workspaces() {
    for threads in 1...4 {
      let forward = Workspace.attentionForward(
        batch: 1, time: 77, heads: 2, headSize: 5, threads: threads)
      let backward = Workspace.attentionBackward(
        batch: 1, time: 77, heads: 2, headSize: 5, threads: threads)
      #expect(forward % 64 == 0 && backward % 64 == 0)
      #expect(forward % threads == 0 && backward % threads == 0)
    }
    let loss = Workspace.linearCrossEntropy(
      rows: 2048, width: 768, vocabulary: 50_257, threads: 2, training: true)
    let logits = Workspace.product(m: 512, n: 50_257, k: 768, threads: 2)
    let byHidden = Workspace.product(m: 512, n: 768, k: 50_257, threads: 2)
    let byWeight = Workspace.product(m: 50_257, n: 768, k: 512, threads: 2)
    #expect(loss == 512 * 50_257 * 4 + 2 * 2048 * 4 + max(logits, byHidden, byWeight))
  }

  @Test("A workspace that is too small stops the program instead of corrupting memory")
  func tooSmall() async {
    await #expect(processExitsWith: .failure) {
      let kernels = try Kernels(instructionSet: .avx2, threads: 1)
      var sums = unwritten(32)
      withWorkspace(64) { workspace in
        kernels.biasBackward(
          dy: [Float](repeating: 1, count: 32), into: &sums, accumulate: false, rows: 1,
          width: 32, workspace: workspace)
      }
    }
  }
}
