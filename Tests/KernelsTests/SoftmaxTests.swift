import TestSupport
import Testing

@testable import Kernels

@Suite("Softmax")
struct SoftmaxTests {
  @Test("A softmax's rows add up to 1, and its gradient is its slope", arguments: [1, 7, 16, 50])
  func softmax(width: Int) throws {
    let rows = 5
    var random = RepeatableGenerator(seed: UInt64(width))
    let (x, dy) = (random.values(rows * width, scale: 4), random.values(rows * width))
    let result = try Engines.agree { engine in
      var (y, dx) = (x, dy)
      y.inPlace { engine.softmaxForward($0, into: $0, rows: rows, width: width) }
      dx.inPlace { engine.softmaxBackward(dy: $0, y: y, into: $0, rows: rows, width: width) }
      return [y, dx]
    }
    expectClose(result[0], Oracle.softmax(x.map(Double.init), width: width), tolerance: 5e-7)
    guard width > 1 else { return }
    expectGradient(result[1], at: x, seed: 2) { x in dot(Oracle.softmax(x, width: width), dy) }
  }
}
