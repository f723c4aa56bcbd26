import Testing
import Training

@testable import Runner

@Suite("Columns of tables as features")
struct FeatureColumnTests {
  @Test(
    "A column that is constant in training is shifted and never stretched",
    arguments: [0.1, 0.7, 1e-300, 0.0, -3.3])
  func constant(value: Double) throws {
    // In 300 rows the mean of most numbers is rounded, so that no row lies exactly on it.
    let column = FeatureColumn.numbers(Array(repeating: value, count: 300) + [value + 0.1])
    let fit = column.fit(by: Array(0..<300))
    guard case .numbers(let numbers) = try #require(column.applying(fit, normalizing: true))
    else { return }
    #expect(abs(numbers[0]) < 1e-9)
    #expect(abs(numbers[300] - 0.1) < 1e-9)
  }

  @Test("A column that varies has mean 0 and deviation 1, however little it varies")
  func varying() throws {
    let column = FeatureColumn.numbers([1, 1 + 0x1p-52, .nan])
    guard case .numbers(let mean, let deviation) = column.fit(by: [0, 1, 2]) else { return }
    #expect(mean >= 1 && mean <= 1 + 0x1p-52)
    #expect(deviation > 0 && deviation < 0x1p-51)
  }
}
