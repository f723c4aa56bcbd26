import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Pooling")
struct PoolingTests {
  static let windows = [
    WindowShape(batch: 3, image: PlaneSize(6, 7), kernel: PlaneSize(2), stride: PlaneSize(2)),
    WindowShape(
      batch: 2, image: PlaneSize(7, 5), kernel: PlaneSize(3), stride: PlaneSize(2, 1),
      padding: PlaneSize(1)),
  ]

  @Test(
    "Maxima and means of windows are the same on every engine", arguments: windows, [3, 16, 37])
  func engines(windows: WindowShape, channels: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(channels))
    let x = random.values(windows.pixels * channels)
    let dy = random.values(windows.rows * channels)
    let result = try Engines.agree { engine in
      var (largest, mean) = (unwritten(dy.count), unwritten(dy.count))
      engine.maxPoolForward(windows, channels: channels, x: x, into: &largest)
      engine.averagePoolForward(windows, channels: channels, x: x, into: &mean)
      var (byLargest, byMean) = (unwritten(x.count), unwritten(x.count))
      engine.maxPoolBackward(
        windows, channels: channels, dy: dy, x: x, y: largest, into: &byLargest, accumulate: false)
      engine.averagePoolBackward(
        windows, channels: channels, dy: dy, into: &byMean, accumulate: false)
      return [largest, mean, byLargest, byMean]
    }
    // What a maximum's gradient adds up to is what came in; a mean loses what lies in the padding.
    let sums = [result[2], dy].map { $0.reduce(0.0) { $0 + Double($1) } }
    #expect(abs(sums[0] - sums[1]) < 1e-4)
  }

  @Test("A mean of rows leaves padding out, forward and backward, wherever the padding lies")
  func padding() throws {
    let x: [Float] = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60]
    let mask: [Int32] = [0, 1, 1, 1, 0, 0]
    let result = try Engines.agree { engine in
      var (y, dx) = (unwritten(4), unwritten(12))
      engine.meanPoolForward(
        x: x, padding: mask, into: &y, batch: 2, positions: 3, width: 2)
      engine.meanPoolBackward(
        dy: [2, 4, 6, 8], padding: mask, into: &dx, accumulate: false, batch: 2, positions: 3,
        width: 2)
      let once = dx
      engine.meanPoolBackward(
        dy: [2, 4, 6, 8], padding: mask, into: &dx, accumulate: true, batch: 2, positions: 3,
        width: 2)
      return [y, once, dx]
    }
    let dx: [Float] = [0, 0, 1, 2, 1, 2, 6, 8, 0, 0, 0, 0]
    #expect(result == [[2.5, 25, 4, 40], dx, dx.map { 2 * $0 }])
  }

  @Test("A maximum's gradient goes to the first of equal pixels, and NaN stays NaN")
  func ties() throws {
    let windows = WindowShape(batch: 1, image: PlaneSize(2), kernel: PlaneSize(2))
    let result = try Engines.agree { engine in
      var (y, dx, nan) = (unwritten(1), unwritten(4), unwritten(1))
      engine.maxPoolForward(windows, channels: 1, x: [1, 5, 5, 2], into: &y)
      engine.maxPoolBackward(
        windows, channels: 1, dy: [7], x: [1, 5, 5, 2], y: y, into: &dx, accumulate: false)
      engine.maxPoolForward(windows, channels: 1, x: [1, .nan, 5, 2], into: &nan)
      return [y, dx, [nan[0].isNaN ? 1 : 0]]
    }
    #expect(result == [[5], [0, 7, 0, 0], [1]])
  }
}
