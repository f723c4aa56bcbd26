import FoundationEssentials
import ModelGraph

/// A `config.json`, read key by key.
struct Config {
  private let object: [String: ConfigValue]

  /// Reads the JSON.
  init(_ bytes: [UInt8]) throws(PretrainedFault) {
    do {
      object = try JSONDecoder().decode([String: ConfigValue].self, from: Data(bytes))
    } catch {
      throw .config(reason: "it is no JSON object")
    }
  }

  private init(_ object: [String: ConfigValue]) { self.object = object }

  /// A value; nil where it is missing or null.
  subscript(key: String) -> ConfigValue? {
    let value = object[key]
    return value == .null ? nil : value
  }

  /// An object inside.
  func inner(_ key: String) -> Config? {
    guard case .object(let object) = self[key] else { return nil }
    return Config(object)
  }

  /// How many keys there are.
  var count: Int { object.count }

  /// A size from 1 to 2²⁸.
  func size(_ key: String, default usual: Int? = nil) throws(PretrainedFault) -> Int {
    guard let value = self[key] else {
      guard let usual else { throw .config(reason: "'\(key)' is missing") }
      return usual
    }
    guard case .number(let number) = value, let size = Int(exactly: number),
      (1...1 << 28).contains(size)
    else { throw .config(reason: "'\(key)' is \(value), not a size") }
    return size
  }

  /// A number above 0 that f32 can hold.
  func positive(_ key: String, default usual: Double) throws(PretrainedFault) -> Float {
    let value = Float(try number(key, default: usual))
    guard value > 0, value.isFinite else {
      throw .config(reason: "'\(key)' is \(self[key] ?? .null), not a number above 0 in f32")
    }
    return value
  }

  /// A number.
  private func number(_ key: String, default usual: Double) throws(PretrainedFault) -> Double {
    guard let value = self[key] else { return usual }
    guard case .number(let number) = value, number.isFinite else {
      throw .config(reason: "'\(key)' is \(value), not a number")
    }
    return number
  }

  /// True or false.
  func flag(_ key: String, default usual: Bool) throws(PretrainedFault) -> Bool {
    guard let value = self[key] else { return usual }
    guard case .flag(let flag) = value else {
      throw .config(reason: "'\(key)' is \(value), not true or false")
    }
    return flag
  }

  /// A probability below 1.
  func probability(_ key: String, default usual: Double) throws(PretrainedFault) -> Float {
    let value = try number(key, default: usual)
    guard value >= 0, value < 1 else {
      throw .config(reason: "'\(key)' is \(value), not a probability")
    }
    return Float(value)
  }

  /// Refuses a setting unless it is missing or one of the supported values.
  func require(_ key: String, _ supported: ConfigValue...) throws(PretrainedFault) {
    guard let value = self[key], !supported.contains(value) else { return }
    throw .unsupported(
      setting: key, value: "\(value)",
      needs: supported.map(\.description).joined(separator: " or "))
  }
}

/// A value of JSON.
enum ConfigValue: Hashable, Decodable, CustomStringConvertible {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([ConfigValue])
  case object([String: ConfigValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([ConfigValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: ConfigValue].self))
    }
  }

  /// The value as messages show it.
  var description: String {
    switch self {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .text(let text): "'\(text.prefix(40))'"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
