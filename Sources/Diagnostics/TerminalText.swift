/// A text that is safe to print: what could move the cursor, hide or reorder text is escaped.
///
/// Control characters (line endings too), bidirectional controls, invisible characters, tags and
/// unassigned or private scalars come out as `\u{1B}`. The joiners inside emoji stay.
public func sanitizedForTerminal(_ text: String) -> String {
  // Scalars of other texts take a look into tables each.
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
  guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
  var safe = ""
  for scalar in text.unicodeScalars {
    if isUnsafe(scalar) {
      safe += escape(scalar)
    } else {
      safe.unicodeScalars.append(scalar)
    }
  }
  return safe
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\n": "\\n"
  case "\r": "\\r"
  case "\t": "\\t"
  default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value < 0x7F { return scalar.value < 0x20 }
  if scalar == "\u{200D}" || scalar == "\u{200C}" { return false }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
    return true
  default:
    return false
  }
}
