/// A JSON value as the store's own texts have it.
enum StoredJSON {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([StoredJSON])
  case object([(key: String, value: StoredJSON)])

  /// Reads a whole text.
  ///
  /// - Throws: `StoredJSONDamage` where it is no JSON.
  init(_ text: String) throws {
    var reader = StoredJSONReader(text)
    self = try reader.document()
  }

  /// Whether it is `null`.
  var isNull: Bool { if case .null = self { true } else { false } }
}

/// A text that is no JSON, or not that of the value that was asked for.
struct StoredJSONDamage: Error {}
