import FoundationEssentials

/// A key of a JSON object whose keys are data.
struct JSONName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// Why JSON could not be decoded, with the path to the place.
func jsonReason(_ error: any Error) -> String {
  guard let error = error as? DecodingError else { return "\(error)" }
  switch error {
  case .keyNotFound(let key, let context):
    return "'\(key.stringValue)' is missing\(place(context))"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    return "a value of another type\(place(context))"
  case .dataCorrupted(let context):
    let detail = (context.underlyingError as? CocoaError)?.userInfo["NSDebugDescription"] as? String
    return (detail ?? context.debugDescription) + place(context)
  @unknown default: return "it can't be decoded"
  }
}

private func place(_ context: DecodingError.Context) -> String {
  let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
  return path.isEmpty ? "" : " at '\(path.joined(separator: "/"))'"
}
