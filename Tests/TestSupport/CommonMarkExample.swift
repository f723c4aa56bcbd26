import Foundation

/// An example of the CommonMark specification, from `Tests/Fixtures/commonmark`.
public struct CommonMarkExample: Decodable, Sendable {
  /// The text.
  public let markdown: String
  /// What the specification says it is in HTML.
  public let html: String

  /// All examples in their order.
  public static let all: [CommonMarkExample] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Fixtures/commonmark/examples.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode([CommonMarkExample].self, from: data)) ?? []
  }()
}
