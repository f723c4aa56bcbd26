/// The number of terminal cells that a text takes.
///
/// East Asian wide and fullwidth characters and emoji take two, combining and format characters
/// none. Control characters count as the escapes that `sanitizedForTerminal` prints for them.
public func displayWidth(_ text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars {
    guard isNarrow(scalar) else { return sanitizedForTerminal(text).reduce(0) { $0 + cells($1) } }
    width += 1
  }
  return width
}

/// Whether a scalar is one cell by itself, without looking it or its neighbours up: most texts of
/// tables are made of these, the narrow space between digits included.
private func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x2010..<0x2028, 0x202F, 0x2190..<0x2300: true
  default: false
  }
}

/// A character is drawn as one glyph: as wide as its widest scalar, or two where it is shown as
/// emoji (variation selector 16) or is a flag.
private func cells(_ character: Character) -> Int {
  let scalars = character.unicodeScalars
  if let first = scalars.first, scalars.count > 1 {
    if scalars.contains("\u{FE0F}"), first.properties.isEmoji { return 2 }
    if (0x1F1E6...0x1F1FF).contains(first.value) { return 2 }
  }
  return scalars.map(cells).max() ?? 0
}

private func cells(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return isWide(scalar.value) ? 2 : 1
  }
}

private func isWide(_ value: UInt32) -> Bool {
  var low = 0
  var high = wideScalars.count
  while low < high {
    let middle = (low + high) / 2
    if wideScalars[middle].upperBound < value { low = middle + 1 } else { high = middle }
  }
  return low < wideScalars.count && wideScalars[low].contains(value)
}
