/// A text with some of its scalars replaced; nil keeps a scalar.
///
/// Whoever reads markup looks at scalars, while a `Character` takes what stands around a scalar
/// along: a `<` with an accent behind it, or a sign before it that joins, equals no `<`.
public func replacingScalars(
  of text: String, _ replacement: (Unicode.Scalar) -> String?
) -> String {
  var replaced = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if let other = replacement(scalar) {
      replaced += other.unicodeScalars
    } else {
      replaced.append(scalar)
    }
  }
  return String(replaced)
}
