/// Leaves out of a value's schema that keys have to be there which a sweep may supply.
struct Loosening {
  let definitions: [String: SchemaNode]
  /// The paths of the keys that need not be there any more.
  private(set) var paths: [String] = []

  init(definitions: [String: SchemaNode]) { self.definitions = definitions }

  /// The schema of a value without what has to be there in it.
  ///
  /// A definition is written out where something in it changed. What is in a list has no path.
  ///
  /// - Parameter outer: definitions that the value is a part of: those that contain themselves end
  ///   there.
  mutating func loosened(
    _ node: SchemaNode, at path: [String], within outer: Set<String>
  ) -> SchemaNode {
    switch node {
    case .object(var object):
      for index in object.properties.indices {
        let property = object.properties[index]
        object.properties[index].value = loosened(
          property.value, at: path + [property.key], within: outer)
      }
      // A mapping of one key, such as `{every: 2}`, is a choice by that key, and nothing without it.
      if object.required.count < object.properties.count {
        paths += object.required.map { (path + [$0]).joined(separator: ".") }
        object.required = []
      }
      return .object(object)
    case .anyOf(let nodes): return .anyOf(nodes.map { loosened($0, at: path, within: outer) })
    case .reference(let name):
      guard !outer.contains(name), let definition = definitions[name] else { return node }
      let before = paths.count
      let loose = loosened(definition, at: path, within: outer.union([name]))
      return paths.count > before ? loose : node
    default: return node
    }
  }
}
