import Foundation
import ModelGraph
import Testing

/// Reference numbers that `Tests/Fixtures/pytorch/make_fixtures.py` wrote.
struct Fixture: Decodable {
  var torch: String
  var cases: [Case]

  struct Case: Decodable {
    var name: String
    var settings: [String: Setting]
    var tensors: [String: Tensor]
  }

  enum Setting: Decodable {
    case number(Double)
    case flag(Bool)
    case numbers([Double])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let numbers = try? container.decode([Double].self) {
        self = .numbers(numbers)
      } else {
        self = .number(try container.decode(Double.self))
      }
    }
  }

  struct Tensor: Decodable {
    var shape: [Int]
    var f32: String?
    var bf16: String?
    var int: [Int32]?

    /// The values, from eight hexadecimal digits each of f32, or from four of bf16.
    var floats: [Float] {
      let (digits, count) = (Array((f32 ?? bf16 ?? "").utf8), f32 == nil ? 4 : 8)
      return stride(from: 0, to: digits.count, by: count).map { first in
        let text = String(decoding: digits[first..<first + count], as: UTF8.self)
        return Float(bitPattern: (UInt32(text, radix: 16) ?? 0) << (32 - 4 * count))
      }
    }
  }

  /// Reads a file of the fixtures' folder.
  init(_ name: String, file: String = #filePath) throws {
    let url = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/pytorch/\(name).json")
    self = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }

  /// Reads what PyTorch gives in that precision.
  init(_ name: String, _ precision: Precision, file: String = #filePath) throws {
    try self.init(precision == .bf16 ? "\(name)_bf16" : name, file: file)
  }

  /// The case of a name.
  func named(_ name: String) throws -> Case {
    try #require(cases.first { $0.name == name }, "no case '\(name)'")
  }
}

extension Fixture.Case {
  /// A tensor's values.
  func floats(_ name: String) throws -> [Float] {
    try #require(tensors[name], "no tensor '\(name)' in '\(self.name)'").floats
  }

  /// A tensor's whole numbers.
  func indices(_ name: String) throws -> [Int32] {
    try #require(tensors[name]?.int, "no indices '\(name)' in '\(self.name)'")
  }

  /// A tensor's extents.
  func shape(_ name: String) throws -> [Int] {
    try #require(tensors[name], "no tensor '\(name)' in '\(self.name)'").shape
  }

  /// A setting that is a number.
  func number(_ name: String) throws -> Double {
    guard case .number(let value) = settings[name] else {
      throw MissingSetting(name: name)
    }
    return value
  }

  /// A setting that is a list of numbers.
  func numbers(_ name: String) throws -> [Double] {
    guard case .numbers(let values) = settings[name] else { throw MissingSetting(name: name) }
    return values
  }

  /// A setting that is true or false.
  func flag(_ name: String) throws -> Bool {
    guard case .flag(let value) = settings[name] else { throw MissingSetting(name: name) }
    return value
  }

  struct MissingSetting: Error { var name: String }
}

extension Precision {
  /// How far values may be from PyTorch's, relative to the tensor's largest.
  var tolerance: Float { self == .bf16 ? 2e-2 : 1e-5 }
}

/// Expects values within 10⁻⁵ of PyTorch's, relative to the tensor's largest value.
func expectPyTorch(
  _ actual: [Float], _ expected: [Float], _ name: String, tolerance: Float = 1e-5,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(name)", sourceLocation: sourceLocation)
  let scale = max(1e-30, expected.map(\.magnitude).max() ?? 0)
  let worst = zip(actual, expected).map { ($0 - $1).magnitude / scale }.max() ?? 0
  let isFinite = actual.allSatisfy(\.isFinite)
  #expect(isFinite && worst <= tolerance, "\(name): \(worst)", sourceLocation: sourceLocation)
}
