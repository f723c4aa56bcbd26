/// Names of values of which each beginning stands for all that begin so: `loss` for `loss.last`.
public struct DottedNames {
  /// The whole names.
  public let names: [String]

  /// Takes whole names.
  public init(_ names: [String]) { self.names = names }

  /// Whether a name, or what begins with it, is among them.
  public func contains(_ name: String) -> Bool {
    names.contains { $0 == name || $0.hasPrefix("\(name).") }
  }

  /// What a mistyped name may have meant: beginnings first, each once.
  public var suggestions: [String] {
    let beginnings = names.compactMap { name in
      name.lastIndex(of: ".").map { String(name[..<$0]) }
    }
    var seen: Set<String> = []
    return (beginnings + names).filter { seen.insert($0).inserted }
  }
}
