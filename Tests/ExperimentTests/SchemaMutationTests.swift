import Diagnostics
import Foundation
import NotebookSyntax
import TestSupport
import Testing

@testable import Experiment

/// Bodies of the notebooks here with one mistake in each: an editor with the schema must not see a
/// mistake where the readers see none, nor overlook a wrong key or word.
@Suite("The schema and mistakes")
struct SchemaMutationTests {
  private static let schema = DirectiveSchema()

  /// All bodies of the notebooks here, but claims, which are text.
  private static func bodies() -> [(kind: DirectiveKind, id: String, body: YAMLNode)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../notebooks").standardizedFileURL.path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().flatMap { name in
      bodies(
        of: [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: "\(root)/\(name)"))) ?? Data()))
    }
  }

  private static func bodies(
    of bytes: [UInt8]
  ) -> [(kind: DirectiveKind, id: String, body: YAMLNode)] {
    let notebook = Notebook(parsing: SourceText(name: "n.md", bytes: bytes))
    return notebook.directives.compactMap { directive in
      var composer = YAMLComposer(
        YAMLText(directive.body, of: notebook.source), parameters: nil)
      guard let kind = DirectiveKind(rawValue: directive.kind), kind != .expect,
        let body = composer.compose(), !"\(body)".contains("${")
      else { return nil }
      return (kind, directive.id, body)
    }
  }

  @Test("The schema sees no mistake where the readers see none, and misses no wrong key or word")
  func mistakes() throws {
    let bodies = Self.bodies()
    #expect(bodies.count > 50)
    let check = SchemaCheck(Self.schema)
    var refused = 0
    for seed in fuzzCases(400) {
      var random = RepeatableGenerator(seed: seed)
      let (kind, id, body) = random.pick(bodies)
      let place = Int.random(in: 0..<body.size, using: &random)
      let changed = body.changed(at: place, &random)
      let schema = try #require(Self.schema.bodies.first { $0.kind == kind }).body
      // The names of series are checked with the plotted cells, after the reading.
      let isAccepted = check.accepts(
        kind == .plot ? changed.removing("metric").rest : changed, schema)
      let new = Set(Self.faults(changed, kind)).subtracting(Self.faults(body, kind))
      if !isAccepted {
        refused += 1
        #expect(!new.isEmpty, "seed \(seed): only the schema refuses \(kind) \(id): \(changed)")
      }
      if new.contains(where: \.isOfTheSchema) {
        #expect(!isAccepted, "seed \(seed): \(new) of \(kind) \(id): \(changed)")
      }
    }
    #expect(refused > 40)
  }

  /// What the readers say of a body, at each point of its sweep.
  private static func faults(_ body: YAMLNode, _ kind: DirectiveKind) -> [Fault] {
    let (rest, sweep) = body.removing("sweep")
    guard let sweep, kind == .train || kind == .plan else { return faults(of: body, kind) }
    let reader = BodyReader(
      place: body.range, settings: Settings(), project: MemoryFiles([:]))
    let axes = reader.sweepAxes(sweep)
    let points = axes.combinations.map { combination in
      combination.reduce(rest) { node, value in
        node.setting(value.axis.path[...], to: value.node, keyRange: value.axis.keyRange)
      }
    }
    return reader.faults.map(\.fault) + points.flatMap { faults(of: $0, kind) }
  }

  private static func faults(of body: YAMLNode, _ kind: DirectiveKind) -> [Fault] {
    let reader = BodyReader(
      place: body.range, settings: Settings(), project: MemoryFiles([:]))
    _ = reader.body(body, kind: kind)
    return reader.faults.map(\.fault)
  }
}

extension Fault {
  /// Whether it is about one key or word by itself.
  fileprivate var isOfTheSchema: Bool {
    switch self {
    case .unknownKey, .unknownWord: true
    default: false
    }
  }
}

extension YAMLNode {
  /// How many values there are, this one included.
  fileprivate var size: Int {
    switch content {
    case .scalar: 1
    case .sequence(let items): items.reduce(1) { $0 + $1.size }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.value.size }
    }
  }

  /// The value with a mistake in one of those in it, counted from this one.
  fileprivate func changed(at place: Int, _ random: inout RepeatableGenerator) -> YAMLNode {
    guard place > 0 else { return mistaken(&random) }
    var node = self
    var rest = place - 1
    switch content {
    case .scalar: break
    case .sequence(var items):
      for index in items.indices {
        if (0..<items[index].size).contains(rest) {
          items[index] = items[index].changed(at: rest, &random)
          break
        }
        rest -= items[index].size
      }
      node.content = .sequence(items)
    case .mapping(var entries):
      for index in entries.indices {
        if (0..<entries[index].value.size).contains(rest) {
          entries[index].value = entries[index].value.changed(at: rest, &random)
          break
        }
        rest -= entries[index].value.size
      }
      node.content = .mapping(entries)
    }
    return node
  }

  /// Something else in the value's place, or in a mapping a key more, less or mistyped.
  private func mistaken(_ random: inout RepeatableGenerator) -> YAMLNode {
    if case .mapping(var entries) = content, !entries.isEmpty, !random.oneIn(4) {
      let index = Int.random(in: entries.indices, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: entries.remove(at: index)
      case 1: entries[index].name += "x"
      default:
        entries.append(
          Entry(name: "zzz", nameRange: range, value: YAMLNode("1", .integer(1), at: range)))
      }
      return YAMLNode(content: .mapping(entries), range: range)
    }
    let others = [
      YAMLNode("zzz", .text("zzz"), at: range), YAMLNode("-1", .integer(-1), at: range),
      YAMLNode("0.5", .number(0.5), at: range), YAMLNode("true", .flag(true), at: range),
      YAMLNode("3", .integer(3), at: range),
      YAMLNode(content: .sequence([YAMLNode("zzz", .text("zzz"), at: range)]), range: range),
      YAMLNode(
        content: .mapping([
          Entry(name: "zzz", nameRange: range, value: YAMLNode("1", .integer(1), at: range))
        ]), range: range),
    ]
    return random.pick(others)
  }

  private init(_ text: String, _ value: ScalarValue, at range: ByteRange) {
    self.init(content: .scalar(YAMLScalar(value: value, text: text)), range: range)
  }
}
