/// What can be wrong with a notebook's syntax; the prose is in `SyntaxFault+Prose.swift`.
///
/// Lines count from 1.
enum SyntaxFault: Sendable, Hashable {
  // The text.
  case invalidUTF8(byte: UInt8)
  case nestedTooDeep(limit: Int)
  case unterminatedFrontMatter

  // A directive's opening line.
  case attributesWithoutBraces
  case unclosedBrace
  case unclosedQuote
  case textAfterAttributes(String)
  case strayWord(String)
  case emptyAttributeName
  case repeatedAttribute(String)
  case notYAML(language: String)
  case classWithoutDot(String)
  case emptyKind
  case unknownKind(String)
  case severalKinds(first: String, second: String)
  case missingID(kind: String)
  case invalidID(String)
  case severalIDs(first: String, second: String)
  case duplicateID(String, firstLine: Int)
  case unterminatedDirective(fence: String)

  // Output regions.
  case malformedMarker(MarkerProblem)
  case nestedRegion(id: String, line: Int, outer: String, outerLine: Int)
  case mismatchedRegion(id: String, line: Int, end: String, endLine: Int)
  case unterminatedRegion(id: String, line: Int, lastLine: Int)
  case endWithoutRegion(id: String, line: Int)
  case orphanRegion(id: String, lines: ClosedRange<Int>, directive: String?, directiveLine: Int)
  case duplicateRegion(id: String, firstLine: Int, lines: ClosedRange<Int>)
  case misplacedRegion(id: String, lines: ClosedRange<Int>, directiveLine: Int)

  // Value spans.
  case valueWithoutReference
  case unterminatedValue(String)
  case nestedValue(inner: String, outer: String)
  case endWithoutValue

  /// Why a region's marker can't be read.
  enum MarkerProblem: Error, Sendable, Hashable {
    case kind(String)
    case id(String)
    case attribute(String)
    case unclosed
    case textAfter
  }
}
