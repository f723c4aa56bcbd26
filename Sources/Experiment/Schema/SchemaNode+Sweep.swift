extension SchemaNode {
  /// A body whose `sweep` lists values of the body's other keys, by their paths.
  ///
  /// What is swept need not stand in the body itself.
  func sweepable(_ definitions: [String: SchemaNode]) -> SchemaNode {
    guard case .object(var body) = self,
      let place = body.properties.firstIndex(where: { $0.key == "sweep" })
    else { return self }
    var rest = body
    rest.properties.remove(at: place)
    var paths = SweptPaths(definitions: definitions)
    paths.add(.object(rest), at: [], within: [])
    var sweep = Object(title: "a sweep", properties: [], required: [], requiredOneOf: [])
    sweep.properties = paths.found.map { Property(key: $0.path, value: .list($0.value)) }
    sweep.count = 1...BodyReader.mostAxes
    body.properties[place].value = .object(sweep)
    body.supplier = "sweep"
    for index in rest.properties.indices {
      let property = rest.properties[index]
      var loosening = Loosening(definitions: definitions)
      let loose = loosening.loosened(property.value, at: [property.key], within: [])
      guard !loosening.paths.isEmpty,
        let place = body.properties.firstIndex(where: { $0.key == property.key })
      else { continue }
      body.properties[place].value = loose
      body.supplied.append(
        Supplied(key: property.key, whole: property.value, paths: loosening.paths))
    }
    return .object(body)
  }
}

/// The paths of all keys of a body, with what their values may be.
private struct SweptPaths {
  let definitions: [String: SchemaNode]
  private(set) var found: [(path: String, value: SchemaNode)] = []
  private var places: [String: Int] = [:]

  init(definitions: [String: SchemaNode]) { self.definitions = definitions }

  /// Adds what is inside a value.
  ///
  /// - Parameter outer: definitions that the value is a part of: those that contain themselves end
  ///   there.
  mutating func add(_ node: SchemaNode, at path: [String], within outer: Set<String>) {
    switch node {
    case .object(let object):
      for property in object.properties {
        let path = path + [property.key]
        note(property.value, at: path.joined(separator: "."))
        add(property.value, at: path, within: outer)
      }
    case .anyOf(let nodes): for node in nodes { add(node, at: path, within: outer) }
    case .reference(let name):
      guard !outer.contains(name), let node = definitions[name] else { return }
      add(node, at: path, within: outer.union([name]))
    default: break
    }
  }

  private mutating func note(_ value: SchemaNode, at path: String) {
    guard let place = places[path] else {
      places[path] = found.count
      found.append((path, value))
      return
    }
    if found[place].value != value { found[place].value = .anyOf([found[place].value, value]) }
  }
}
