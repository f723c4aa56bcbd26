import Diagnostics

/// What readers ask of the values that they are given: the schema is made of this, so that it can't
/// say anything else than the readers do.
final class ReaderTrace {
  /// What a reader expects of a value.
  enum Expectation: Equatable {
    case text
    case integer(ClosedRange<Int>)
    case number(NumberBounds)
    case flag
    case size
    case words([String])
    case name(words: [String], pattern: String)
    case list
    case object(owner: String, keys: [String])
    case choice(what: String, names: [String])

    /// Whether it is a text that has to be one of some.
    var namesWords: Bool {
      switch self {
      case .words, .name: true
      default: false
      }
    }
  }

  /// By the place of the value, which is a value's own in what is traced.
  private(set) var expectations: [ByteRange: [Expectation]] = [:]
  /// Keys that were missed, by what misses them.
  private(set) var required: [String: [String]] = [:]
  private(set) var requiredOneOf: [String: [[String]]] = [:]

  func note(_ expectation: Expectation, at place: ByteRange) {
    guard expectations[place, default: []].contains(expectation) == false else { return }
    expectations[place, default: []].append(expectation)
  }

  /// Takes from a fault which keys are missing.
  func note(_ fault: Fault) {
    switch fault {
    case .missingKey(let key, let owner):
      if !required[owner, default: []].contains(key) { required[owner, default: []].append(key) }
    case .missingOneOf(let keys, let owner): requiredOneOf[owner, default: []].append(keys)
    default: break
    }
  }
}
