import Diagnostics
import Yams

/// Turns YAML text into nodes; the one place that knows Yams.
///
/// Anchors, aliases and tags are refused: a body is a plain value, and its size is what was written.
struct YAMLComposer {
  let yaml: YAMLText
  /// The values of `${name}`; nil leaves the syntax alone, as in front matter of other tools.
  let parameters: [String: ParameterValue]?
  /// Parameters without a value, as their declarations are faulty.
  let faulty: Set<String>
  /// The top-level keys that matter; the others belong to other tools and may be anything.
  let keys: [String]?
  private(set) var faults: [PlacedFault] = []

  /// Lists and mappings may be nested this deep.
  static let deepestNesting = 64
  /// Tokens that could be aliases; more of them could make an exponentially large document.
  static let mostAliases = 16

  init(
    _ yaml: YAMLText, parameters: [String: ParameterValue]?, faulty: Set<String> = [],
    keys: [String]? = nil
  ) {
    self.yaml = yaml
    self.parameters = parameters
    self.faulty = faulty
    self.keys = keys
  }

  /// The document's root; nil where nothing is written or `faults` says why there is none.
  mutating func compose() -> YAMLNode? {
    guard !yaml.text.unicodeScalars.contains(where: { ParameterMarks.reserved ~= $0.value }) else {
      fault(.reservedCharacter, line: 1, column: 1)
      return nil
    }
    guard Self.aliasCandidates(in: yaml.text) <= Self.mostAliases else {
      fault(.manyAliases, line: 1, column: 1)
      return nil
    }
    // Disguised in any case: `{seed: ${n}}` has to be YAML also where the values are not asked for.
    return compose(ParameterMarks.encode(yaml.text))
  }

  /// Parses, and gives each key that occurs twice another name until Yams accepts the text.
  private mutating func compose(_ text: String) -> YAMLNode? {
    var disguise = DuplicateDisguise(text: text)
    while true {
      do {
        // The parser owns the anchors that nodes refer to, so it has to outlive them.
        let parser = try Parser(
          yaml: disguise.text, resolver: .basic, constructor: .default, encoding: .utf8)
        let root = try parser.singleRoot()
        return withExtendedLifetime(parser) {
          root.flatMap { convert($0, depth: 0, disguise: disguise) }
        }
      } catch let error as YamlError {
        if case .duplicatedKeysInMapping(_, let context) = error,
          disguise.hide(line: context.mark.line, column: context.mark.column)
        {
          continue
        }
        report(error)
        return nil
      } catch {
        fault(.invalidYAML(problem: "\(error)"), line: 1, column: 1)
        return nil
      }
    }
  }

  private mutating func convert(
    _ node: Node, depth: Int, disguise: DuplicateDisguise
  ) -> YAMLNode? {
    let range = range(at: node.mark, count: 1)
    guard depth <= Self.deepestNesting else {
      faults.append(PlacedFault(.nestedTooDeep(Self.deepestNesting), at: range))
      return nil
    }
    if let anchor = node.anchor {
      faults.append(PlacedFault(.anchor(anchor.rawValue), at: range))
    }
    switch node {
    case .scalar(let scalar):
      return convert(scalar)
    case .sequence(let sequence):
      checkTag(sequence.tag, standard: "seq", at: range)
      let items = sequence.compactMap { convert($0, depth: depth + 1, disguise: disguise) }
      return YAMLNode(content: .sequence(items), range: range)
    case .mapping(let mapping):
      checkTag(mapping.tag, standard: "map", at: range)
      let entries = convert(mapping, depth: depth, disguise: disguise)
      return YAMLNode(content: .mapping(entries), range: range)
    case .alias:
      return nil
    }
  }

  private mutating func convert(
    _ mapping: Node.Mapping, depth: Int, disguise: DuplicateDisguise
  ) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var lines: [String: Int] = [:]
    for (key, value) in mapping {
      if depth == 0, let keys, !keys.contains(disguise.original(of: key.string ?? "")) { continue }
      guard let value = convert(value, depth: depth + 1, disguise: disguise) else { continue }
      guard let (name, range) = convert(key: key, disguise: disguise) else { continue }
      if let line = lines[name] {
        faults.append(PlacedFault(.duplicateKey(name, firstLine: line), at: range))
        continue
      }
      lines[name] = yaml.source.lineNumber(at: range.lowerBound)
      entries.append(YAMLNode.Entry(name: name, nameRange: range, value: value))
    }
    return entries
  }

  private mutating func convert(
    key: Node, disguise: DuplicateDisguise
  ) -> (name: String, range: ByteRange)? {
    guard case .scalar(let scalar) = key else {
      faults.append(PlacedFault(.keyIsNotText, at: range(at: key.mark, count: 1)))
      return nil
    }
    let name = written(disguise.original(of: scalar.string))
    let range = range(of: scalar)
    if ParameterMarks.decode(name) != [.text(name)] && !name.isEmpty {
      faults.append(PlacedFault(.keyIsParameter, at: range))
      return nil
    }
    return (name, range)
  }

  private mutating func convert(_ scalar: Node.Scalar) -> YAMLNode {
    let range = range(of: scalar)
    checkTag(scalar.tag, standard: "str", at: range)
    var converter = ScalarConverter(
      text: written(scalar.string), isPlain: scalar.style == .plain, parameters: parameters ?? [:],
      faulty: faulty)
    let value = converter.convert()
    faults += converter.faults.map { PlacedFault($0, at: range) }
    return YAMLNode(content: .scalar(value), range: range)
  }

  /// A text without its disguise, where parameters are not asked for.
  private func written(_ text: String) -> String {
    parameters == nil ? ParameterMarks.restore(text) : text
  }

  private func range(of scalar: Node.Scalar) -> ByteRange {
    let quotes = scalar.style == .plain || scalar.style == .any ? 0 : 2
    return range(at: scalar.mark, count: max(1, scalar.string.unicodeScalars.count + quotes))
  }

  private func range(at mark: Mark?, count: Int) -> ByteRange {
    yaml.range(line: mark?.line ?? 1, column: mark?.column ?? 1, count: count)
  }

  /// Refuses `!tag`; the standard tag and YAML's mark of quoted text say nothing new.
  private mutating func checkTag(_ tag: Tag, standard: String, at range: ByteRange) {
    let name = tag.description
    guard !["", "!", "tag:yaml.org,2002:\(standard)"].contains(name) else { return }
    faults.append(PlacedFault(.tag(name), at: range))
  }
}

extension YAMLComposer {
  private mutating func report(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let whole = [context?.text, problem].compactMap(\.self).joined(separator: " ")
      fault(.invalidYAML(problem: whole), line: mark.line, column: mark.column)
    case .reader(let problem, let offset, _, _):
      let (line, column) = place(ofCharacter: offset ?? 0)
      fault(.invalidYAML(problem: problem), line: line, column: column)
    case .duplicatedKeysInMapping(let names, let context):
      let name = names.first ?? ""
      let mark = context.mark
      fault(.duplicateKey(name, firstLine: nil), line: mark.line, column: mark.column)
    default:
      fault(.invalidYAML(problem: "\(error)"), line: 1, column: 1)
    }
  }

  private func place(ofCharacter offset: Int) -> (line: Int, column: Int) {
    let before = yaml.text.prefix(offset)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.count, (lines.last?.unicodeScalars.count ?? 0) + 1)
  }

  private mutating func fault(_ fault: Fault, line: Int, column: Int) {
    faults.append(PlacedFault(fault, at: yaml.range(line: line, column: column, count: 1)))
  }

  /// How many places could be an alias: `*` and a letter where a YAML token can begin.
  private static func aliasCandidates(in text: String) -> Int {
    var count = 0
    var previous = UInt8(ascii: "\n")
    var beforePrevious = previous
    for byte in text.utf8 {
      let begins = " \n\t[{,".utf8.contains(beforePrevious)
      let isName = byte > UInt8(ascii: " ") && !"*./\"',".utf8.contains(byte)
      if begins, previous == UInt8(ascii: "*"), isName { count += 1 }
      (beforePrevious, previous) = (previous, byte)
    }
    return count
  }
}
