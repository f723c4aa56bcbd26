/// The kinds of directive that can be run.
public enum DirectiveKind: String, Hashable, Sendable, CaseIterable {
  case data, model, plan, train, eval, generate, compare, expect

  /// The kinds that the format knows and this version can't run yet.
  static let later = ["query", "plot"]

  /// The kind with its article: `an expect`.
  var article: String { [.expect, .eval].contains(self) ? "an \(rawValue)" : "a \(rawValue)" }

  /// What a directive of the kind is called in messages: `a train directive`.
  var owner: String { "\(article) directive" }
}
