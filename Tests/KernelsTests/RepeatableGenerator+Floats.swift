import TestSupport

extension RepeatableGenerator {
  /// Values of about unit variance, of both signs.
  mutating func values(_ count: Int, scale: Float = 1) -> [Float] {
    (0..<count).map { _ in Float.random(in: -1.7...1.7, using: &self) * scale }
  }

  /// Numbers below a limit.
  mutating func tokens(_ count: Int, below limit: Int) -> [Int32] {
    (0..<count).map { _ in Int32.random(in: 0..<Int32(limit), using: &self) }
  }
}
