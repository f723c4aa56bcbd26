import Diagnostics

/// Finds out what a reader accepts by having it read made-up values and noting what it asks for.
///
/// From an empty mapping it learns the keys, from each key with values of all forms what that key may
/// hold, and so on inwards. Choices that contain themselves, such as layers, become definitions.
struct SchemaExplorer {
  /// Reads a value, its wishes noted in a trace.
  typealias Reading = (YAMLNode, ReaderTrace) -> Void
  /// Puts a value where it belongs in a whole body.
  typealias Frame = (YAMLNode, inout Probe) -> YAMLNode

  /// Definitions by name.
  private(set) var definitions: [String: SchemaNode] = [:]
  private var names: [[String]: String] = [:]
  private var read: Reading
  private var probe = Probe()

  init(_ read: @escaping Reading) { self.read = read }

  /// Turns to another reader; what was defined stays.
  mutating func turn(to read: @escaping Reading) { self.read = read }

  /// What the value in a frame may be.
  ///
  /// - Parameters:
  ///   - frames: ways to have the value in a body; what is asked for in any of them counts.
  ///   - isInner: whether the reader asked nothing of the value around it; if it then asks nothing of
  ///     this one, it looks no further.
  mutating func explore(_ frames: [Frame], isInner: Bool = false) -> SchemaNode {
    var wishes: [ReaderTrace.Expectation] = []
    for frame in frames {
      for form in probe.forms() { wishes += traced(form, frame).expectations[form.range] ?? [] }
    }
    guard !wishes.isEmpty || !isInner else { return .any }
    var alternatives = scalars(wishes)
    for case .choice(let what, let names) in wishes.unique {
      return choice(what, names, frames)
    }
    var hasObject = false
    for case .object(let owner, let keys) in wishes.unique {
      alternatives += objects(owner, keys, frames)
      hasObject = true
    }
    alternatives += [list(wishes, frames)].compactMap(\.self)
    if !hasObject { alternatives += [map(frames)].compactMap(\.self) }
    return alternatives.count > 1 ? .anyOf(alternatives) : alternatives.first ?? .any
  }

  // MARK: - Reading

  private mutating func traced(_ node: YAMLNode, _ frame: Frame) -> ReaderTrace {
    let trace = ReaderTrace()
    read(frame(node, &probe), trace)
    return trace
  }

  // MARK: - Kinds of values

  private func scalars(_ wishes: [ReaderTrace.Expectation]) -> [SchemaNode] {
    let hasWords = wishes.contains(where: \.namesWords)
    return wishes.unique.compactMap { wish in
      switch wish {
      case .text: hasWords ? nil : .text
      case .integer(let range): wishes.contains(.size) ? nil : .integer(range)
      case .number(let bounds): .number(bounds.limits)
      case .flag: .flag
      case .size: .size
      case .words(let words): .words(words)
      case .name(let words, let pattern): .name(words: words, pattern: pattern)
      case .list, .object, .choice: nil
      }
    }
  }

  /// A list of one to three items, as some have to have a certain number.
  private mutating func list(
    _ wishes: [ReaderTrace.Expectation], _ frames: [Frame]
  ) -> SchemaNode? {
    for count in 1...3 {
      let item = explore(
        frames.map { frame in
          { node, probe in
            let rest = (1..<count).map { _ in probe.scalar(.integer(1), "1") }
            return frame(probe.list([node] + rest), &probe)
          }
        }, isInner: true)
      if item != .any { return .list(item) }
    }
    return wishes.contains(.list) ? .list(.any) : nil
  }

  private mutating func map(_ frames: [Frame]) -> SchemaNode? {
    let value = explore(
      frames.map { frame in
        { node, probe in frame(probe.mapping([("x", node)]), &probe) }
      }, isInner: true)
    return value == .any ? nil : .map(value)
  }

  /// A word, or a mapping of the word to its details.
  private mutating func choice(
    _ what: String, _ names: [String], _ frames: [Frame]
  ) -> SchemaNode {
    let signature = [what] + names
    if let name = self.names[signature] { return .reference(name) }
    let base = what.replacing(" ", with: "-")
    let name = definitions[base] == nil ? base : "\(base)-\(definitions.count)"
    self.names[signature] = name
    definitions[name] = .any
    var alternatives: [SchemaNode] = [.words(names)]
    for choice in names {
      let details = explore(
        frames.map { frame in
          { node, probe in frame(probe.mapping([(choice, node)]), &probe) }
        })
      // Nothing is asked for where a choice is written alone.
      guard details != .any else { continue }
      let property = SchemaNode.Property(key: choice, value: details)
      alternatives.append(
        .object(
          .init(
            title: "\(what) '\(choice)'", properties: [property], required: [choice],
            requiredOneOf: [])))
    }
    definitions[name] = .anyOf(alternatives)
    return .reference(name)
  }

  // MARK: - Mappings

  /// A mapping of known keys, and the mappings that it turns into when some key is there.
  private mutating func objects(
    _ owner: String, _ keys: [String], _ frames: [Frame]
  ) -> [SchemaNode] {
    var found: [SchemaNode] = []
    var seen: Set<String> = [owner]
    var waiting = [ObjectForm(owner: owner, keys: keys)]
    while let next = waiting.popLast() {
      let turns = object(next, frames, &seen, &found)
      waiting += turns
    }
    return found
  }

  /// Explores one mapping; returns what it can turn into.
  private mutating func object(
    _ form: ObjectForm, _ frames: [Frame], _ seen: inout Set<String>, _ found: inout [SchemaNode]
  ) -> [ObjectForm] {
    var object = SchemaNode.Object(
      title: form.owner, properties: [], required: [], requiredOneOf: [])
    let frames = frames.map { form.frame($0) }
    requirements(&object, form.keys, frames)
    if let key = form.key { object.required.append(key) }
    var waiting: [ObjectForm] = []
    for key in form.keys {
      var value =
        form.key == key && form.word != nil
        ? SchemaNode.words([form.word ?? ""])
        : self.value(of: key, beside: form.keys, frames)
      for turn in turns(key, value, frames) where seen.insert(turn.owner).inserted {
        waiting.append(turn)
        // With that word it is another mapping.
        if let word = turn.word { value = value.without(word) }
      }
      if value != .words([]) { object.properties.append(.init(key: key, value: value)) }
    }
    found.append(.object(object))
    return waiting
  }

  /// What a key may hold; some are read only if another one is there.
  private mutating func value(
    of key: String, beside others: [String], _ frames: [ObjectForm.Frame]
  ) -> SchemaNode {
    let alone = explore(
      frames.map { frame in { node, probe in frame([(key, node)], &probe).body } })
    guard alone == .any else { return alone }
    for other in others where other != key {
      let value = explore(
        frames.map { frame in
          { node, probe in
            let one = probe.scalar(.integer(1), "1")
            return frame([(other, one), (key, node)], &probe).body
          }
        })
      if value != .any { return value }
    }
    return .any
  }

  /// A key is missed only if it is missed whatever else is there.
  private mutating func requirements(
    _ object: inout SchemaNode.Object, _ keys: [String], _ frames: [ObjectForm.Frame]
  ) {
    let title = object.title
    func missing(beside other: String?) -> [ReaderTrace] {
      frames.map { frame in
        let trace = ReaderTrace()
        let entries = other.map { [($0, probe.scalar(.number(0.5), "0.5"))] } ?? []
        read(frame(entries, &probe).body, trace)
        return trace
      }
    }
    let alone = missing(beside: nil)
    object.requiredOneOf = alone[0].requiredOneOf[title] ?? []
    object.required = (alone[0].required[title] ?? []).filter { key in
      let traces = alone + keys.filter { $0 != key }.flatMap { missing(beside: $0) }
      return traces.allSatisfy { $0.required[title]?.contains(key) ?? false }
    }
  }

  /// What a mapping turns into when a key is there, by the key or by its word.
  private mutating func turns(
    _ key: String, _ value: SchemaNode, _ frames: [ObjectForm.Frame]
  ) -> [ObjectForm] {
    let words: [String?] = value.allWords.isEmpty ? [nil] : value.allWords
    var turns: [ObjectForm] = []
    for word in words {
      for frame in frames {
        let trace = ReaderTrace()
        let (body, place) = frame([(key, probe.word(word ?? "x"))], &probe)
        read(body, trace)
        for case .object(let owner, let keys) in trace.expectations[place] ?? [] {
          turns.append(ObjectForm(owner: owner, keys: keys, key: key, word: word))
        }
      }
    }
    return turns
  }
}

/// A mapping of known keys that a value can be.
private struct ObjectForm {
  var owner: String
  var keys: [String]
  /// The key, and its word, that make it this one.
  var key: String?
  var word: String?

  /// Puts entries into the mapping, and it into a body; tells the mapping's place too.
  typealias Frame = (
    [(name: String, value: YAMLNode)], inout Probe
  ) -> (body: YAMLNode, place: ByteRange)

  func frame(_ outer: @escaping SchemaExplorer.Frame) -> Frame {
    { entries, probe in
      var entries = entries
      if let key, !entries.contains(where: { $0.name == key }) {
        entries.append((key, probe.word(word ?? "x")))
      }
      let node = probe.mapping(entries)
      return (outer(node, &probe), node.range)
    }
  }
}

extension [ReaderTrace.Expectation] {
  fileprivate var unique: [Element] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension SchemaNode {
  /// The words that the value may be; none where it may be something else.
  fileprivate var allWords: [String] { if case .words(let words) = self { words } else { [] } }

  fileprivate func without(_ word: String) -> SchemaNode {
    guard case .words(let words) = self else { return self }
    return .words(words.filter { $0 != word })
  }
}
