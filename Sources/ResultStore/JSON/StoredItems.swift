/// A list's items, as `Decodable` asks for them: one after the other.
struct StoredItems: UnkeyedDecodingContainer {
  let items: [StoredJSON]
  let codingPath: [any CodingKey] = []
  private(set) var currentIndex = 0

  init(items: [StoredJSON]) { self.items = items }

  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex == items.count }

  private mutating func next() throws -> StoredJSON {
    guard !isAtEnd else { throw StoredJSONDamage() }
    currentIndex += 1
    return items[currentIndex - 1]
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try next().flag() }
  mutating func decode(_ type: String.Type) throws -> String { try next().text() }
  mutating func decode(_ type: Double.Type) throws -> Double { try next().number() }
  mutating func decode(_ type: Float.Type) throws -> Float { Float(try next().number()) }
  mutating func decode(_ type: Int.Type) throws -> Int { try next().whole() }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().whole() }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().whole() }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().whole() }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().whole() }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try next().whole() }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().whole() }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().whole() }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().whole() }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().whole() }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: StoredDecoder(value: try next()))
  }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    try StoredDecoder(value: try next()).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try StoredDecoder(value: try next()).unkeyedContainer()
  }

  // No type of a record decodes what its superclass has.
  mutating func superDecoder() throws -> any Decoder { throw StoredJSONDamage() }
}
