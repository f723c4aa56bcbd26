/// An object's members, as `Decodable` asks for them.
struct StoredMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [(key: String, value: StoredJSON)]
  let codingPath: [any CodingKey] = []

  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { find(key) != nil }

  private func find(_ key: Key) -> StoredJSON? {
    let name = key.stringValue
    return members.first { $0.key == name }?.value
  }

  private func value(_ key: Key) throws -> StoredJSON {
    guard let value = find(key) else { throw StoredJSONDamage() }
    return value
  }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).flag() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).text() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).number() }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    Float(try value(key).number())
  }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).whole() }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).whole() }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).whole() }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).whole() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).whole() }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).whole() }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).whole() }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).whole() }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).whole() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).whole() }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try Value(from: StoredDecoder(value: try value(key)))
  }

  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Inner> {
    try StoredDecoder(value: try value(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try StoredDecoder(value: try value(key)).unkeyedContainer()
  }

  // No type of a record decodes what its superclass has.
  func superDecoder() throws -> any Decoder { throw StoredJSONDamage() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw StoredJSONDamage() }
}
