import Records

extension MemoryForecast {
  /// The forecast for programs, sizes in bytes.
  public var json: JSONValue {
    .object([
      ("notebook", .string(file)), ("fits", .bool(exitCode == .ok)),
      ("cells", .array(cells.map(\.json))),
    ])
  }
}

extension MemoryForecast.Cell {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .string(id)), ("kind", .string(kind.rawValue)),
    ]
    members += plan.members
    if let refusal {
      members.append(
        (
          "refusal",
          .object([("message", .string(refusal.message)), ("notes", .strings(refusal.notes))])
        ))
    }
    return .object(members)
  }
}
