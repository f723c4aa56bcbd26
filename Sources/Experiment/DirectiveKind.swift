/// The kinds of directive that can be run.
public enum DirectiveKind: String, Hashable, Sendable, CaseIterable {
  case data, model, plan, train, eval, generate, compare, expect, query, plot
  /// What a directive with `sweep:` becomes beside its points; no class of directives.
  case sweep

  /// The kinds that directives can be of.
  public static let classes = allCases.filter { $0 != .sweep }

  /// The kinds whose cells measure something: all but those made of other cells' records.
  static let measured: [DirectiveKind] = [.data, .model, .plan, .train, .eval, .generate]

  /// The kind with its article: `an expect`.
  var article: String { [.expect, .eval].contains(self) ? "an \(rawValue)" : "a \(rawValue)" }

  /// What a directive of the kind is called in messages: `a train directive`.
  var owner: String { "\(article) directive" }
}
