/// Decodes values from the store's own JSON.
///
/// Foundation's decoder looks conformances and types up for each value, which took a fifth of a diff of
/// two notebooks of fifty cells; this one is for texts that nbrun wrote, and tells of damage without
/// saying where.
struct StoredDecoder: Decoder {
  let value: StoredJSON
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw StoredJSONDamage() }
    return KeyedDecodingContainer(StoredMembers(members: members))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let items) = value else { throw StoredJSONDamage() }
    return StoredItems(items: items)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension StoredDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value.isNull }
  func decode(_ type: Bool.Type) throws -> Bool { try value.flag() }
  func decode(_ type: String.Type) throws -> String { try value.text() }
  func decode(_ type: Double.Type) throws -> Double { try value.number() }
  func decode(_ type: Float.Type) throws -> Float { Float(try value.number()) }
  func decode(_ type: Int.Type) throws -> Int { try value.whole() }
  func decode(_ type: Int8.Type) throws -> Int8 { try value.whole() }
  func decode(_ type: Int16.Type) throws -> Int16 { try value.whole() }
  func decode(_ type: Int32.Type) throws -> Int32 { try value.whole() }
  func decode(_ type: Int64.Type) throws -> Int64 { try value.whole() }
  func decode(_ type: UInt.Type) throws -> UInt { try value.whole() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try value.whole() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try value.whole() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try value.whole() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try value.whole() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: self)
  }
}

extension StoredJSON {
  func flag() throws -> Bool {
    guard case .flag(let flag) = self else { throw StoredJSONDamage() }
    return flag
  }

  func text() throws -> String {
    guard case .text(let text) = self else { throw StoredJSONDamage() }
    return text
  }

  /// A number; those that JSON lacks are texts.
  func number() throws -> Double {
    switch self {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    case .text("nan"): return .nan
    case .text("inf"): return .infinity
    case .text("-inf"): return -.infinity
    default: throw StoredJSONDamage()
    }
  }

  func whole<Number: FixedWidthInteger>() throws -> Number {
    let whole: Number? =
      switch self {
      case .integer(let value): Number(exactly: value)
      case .number(let value): Number(exactly: value)
      default: nil
      }
    guard let whole else { throw StoredJSONDamage() }
    return whole
  }
}
