import Glibc
import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Optimizers")
struct OptimizerTests {
  @Test("AdamW follows its algorithm over several steps", arguments: [1, 17, 20_011])
  func adam(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let start = random.values(count)
    let gradients = (0..<4).map { _ in random.values(count) }
    let result = try Engines.agree { engine in
      var w = start
      var (m, v) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
      for (index, gradient) in gradients.enumerated() {
        let update = AdamUpdate(
          step: index + 1, learningRate: 0.01, beta1: 0.9, beta2: 0.95, epsilon: 1e-8,
          weightDecay: 0.1, gradientScale: 0.5)
        engine.adam(
          update, parameters: &w, gradients: gradient, mean: &m, square: &v, count: count)
      }
      return [w, m, v]
    }
    let expected = (0..<count).map { i in
      var (w, m, v) = (Double(start[i]), 0.0, 0.0)
      for (index, gradient) in gradients.enumerated() {
        let (g, step) = (Double(gradient[i]) / 2, Double(index + 1))
        w -= 0.01 * 0.1 * w
        m = 0.9 * m + 0.1 * g
        v = 0.95 * v + 0.05 * g * g
        let (mHat, vHat) = (m / (1 - pow(0.9, step)), v / (1 - pow(0.95, step)))
        w -= 0.01 * mHat / (vHat.squareRoot() + 1e-8)
      }
      return (w, m, v)
    }
    expectClose(result[0], expected.map(\.0), tolerance: 1e-6)
    expectClose(result[1], expected.map(\.1), tolerance: 1e-6)
    expectClose(result[2], expected.map(\.2), tolerance: 1e-6)
  }

  @Test("AdamW's bias correction keeps its digits after a million steps")
  func lateStep() {
    let update = AdamUpdate(
      step: 1_000_000, learningRate: 1, beta1: 0.9, beta2: 0.999_999, epsilon: 1e-8,
      weightDecay: 0)
    #expect(update.negativeStepSize == -1)
    #expect(abs(Double(update.squareCorrection) - (1 - exp(-1.0)).squareRoot()) < 1e-6)
  }

  @Test("SGD follows its rule, with momentum and without", arguments: [Float(0), 0.9])
  func sgd(momentum: Float) throws {
    let count = 1003
    var random = RepeatableGenerator(seed: 6)
    let start = random.values(count)
    let gradients = (0..<3).map { _ in random.values(count) }
    let update = SGDUpdate(
      learningRate: 0.1, momentum: momentum, weightDecay: 0.01, gradientScale: 2)
    let result = try Engines.agree { engine in
      var (w, v) = (start, [Float](repeating: 0, count: count))
      for gradient in gradients {
        v.inPlace { velocity in
          engine.sgd(
            update, parameters: &w, gradients: gradient,
            velocity: momentum == 0 ? nil : velocity, count: count)
        }
      }
      return [w]
    }[0]
    let expected = (0..<count).map { i in
      gradients.reduce((w: Double(start[i]), v: 0.0)) { state, gradient in
        let direction = 2 * Double(gradient[i]) + 0.01 * state.w
        let v = Double(momentum) * state.v + direction
        return (state.w - 0.1 * v, v)
      }.w
    }
    expectClose(result, expected, tolerance: 1e-6)
  }
}
