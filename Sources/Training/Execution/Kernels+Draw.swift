import KernelTable
import Kernels
import ModelGraph

extension Kernels {
  /// Draws a parameter's first values from its own random stream, at step 0 before all training.
  func draw(
    _ law: ParameterInitialization, into values: UnsafeMutablePointer<Float>, count: Int,
    seed: UInt64, parameter: Int
  ) {
    let key = PhiloxKey(seed: seed, step: 0, operation: UInt32(parameter))
    switch law {
    case .constant(let value): fill(values, with: value, count: count)
    case .normal(let deviation):
      fillNormal(values, count: count, key: key, standardDeviation: deviation)
    case .uniform(let bound):
      fillUniform(values, count: count, key: key, low: -bound, high: bound)
    }
  }
}
