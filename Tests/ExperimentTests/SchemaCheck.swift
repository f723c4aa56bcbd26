import Diagnostics
import Foundation

@testable import Experiment

/// Whether values are what a schema says, as a validator of JSON schemas would find.
struct SchemaCheck {
  private let definitions: [String: SchemaNode]

  init(_ schema: DirectiveSchema) {
    definitions = Dictionary(uniqueKeysWithValues: schema.definitions.map { ($0.name, $0.node) })
  }

  func accepts(_ node: YAMLNode, _ schema: SchemaNode) -> Bool {
    let scalar = node.scalar
    if let scalar, scalar.text.hasPrefix("${") { return true }
    switch schema {
    case .any: return true
    case .text: return scalar != nil && scalar?.value != .null
    case .integer(let range):
      guard case .integer(let value) = scalar?.value else { return false }
      return range.contains(value)
    case .number(let limits): return scalar.map { limits.contain($0.value) } ?? false
    case .flag:
      guard case .flag = scalar?.value else { return false }
      return true
    case .size:
      switch scalar?.value {
      case .integer, .text: return true
      default: return false
      }
    case .words(let words): return scalar.map { words.contains($0.text) } ?? false
    case .name(let words, let pattern):
      guard let text = scalar?.text else { return false }
      return words.contains(text) || text.range(of: pattern, options: .regularExpression) != nil
    case .list(let item):
      guard case .sequence(let items) = node.content, !items.isEmpty else { return false }
      return items.allSatisfy { accepts($0, item) }
    case .map(let value):
      guard case .mapping(let entries) = node.content else { return false }
      return entries.allSatisfy { accepts($0.value, value) }
    case .object(let object): return accepts(node, object)
    case .anyOf(let nodes): return nodes.contains { accepts(node, $0) }
    case .reference(let name): return definitions[name].map { accepts(node, $0) } ?? false
    }
  }

  private func accepts(_ node: YAMLNode, _ object: SchemaNode.Object) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    let supplied = supplied(entries, by: object.supplier)
    let names = entries.map(\.name) + supplied
    let isWhole = object.supplied.allSatisfy { part in
      part.paths.contains(where: supplied.contains)
        || entries.allSatisfy { $0.name != part.key || accepts($0.value, part.whole) }
    }
    return isWhole && object.required.allSatisfy(names.contains)
      && object.requiredOneOf.prefix(1).allSatisfy { $0.contains(where: names.contains) }
      && object.count?.contains(entries.count) ?? true
      && entries.allSatisfy { entry in
        object.properties.contains { $0.key == entry.name && accepts(entry.value, $0.value) }
      }
  }

  private func supplied(_ entries: [YAMLNode.Entry], by key: String?) -> [String] {
    guard let entry = entries.first(where: { $0.name == key }),
      case .mapping(let inner) = entry.value.content
    else { return [] }
    return inner.map(\.name)
  }
}

extension SchemaNode.Limits {
  fileprivate func contain(_ value: ScalarValue) -> Bool {
    let number: Double
    switch value {
    case .integer(let integer): number = Double(integer)
    case .number(let value): number = value
    default: return false
    }
    if let least, number < least || excludesLeast && number == least { return false }
    if let greatest, number > greatest || excludesGreatest && number == greatest { return false }
    return true
  }
}
