import Diagnostics

/// A fence that is meant as a directive, right or wrong.
struct DirectiveFence {
  let fence: BlockMap.Fence
  let line: FenceLine
  let attributes: FenceAttributes
  /// The kind and the id; nil where something about them or the fence is wrong.
  let name: Name?

  /// What makes a directive.
  struct Name {
    var kind: FenceAttributes.Word
    var id: FenceAttributes.Word
  }

  /// The lines of the fences and what is between.
  var lines: ClosedRange<Int> { fence.lines }
}

/// Tells directives from other fences and checks their opening lines.
struct DirectiveReader {
  private let source: SourceText
  private var firstUse: [String: Int] = [:]

  /// Creates a reader that has seen no id.
  init(_ source: SourceText) { self.source = source }

  /// Reads a fence; nil where it is no directive's.
  mutating func read(_ fence: BlockMap.Fence, findings: inout Findings) -> DirectiveFence? {
    guard let line = FenceLine(fence, in: source) else { return nil }
    let attributes = FenceAttributes(line.info, in: source)
    let kinds = attributes.classes.filter { $0.text.hasPrefix("nbrun-") }
    guard let kind = kinds.first else {
      if let stray = attributes.strays.first(where: { $0.text.hasPrefix("nbrun-") }) {
        findings.add(.classWithoutDot(stray.text), at: stray.range)
      }
      return nil
    }
    checkForm(attributes, kinds: kinds, findings: &findings)
    let name = name(kind, attributes, line.info, findings: &findings)
    let isClosed = checkEnd(fence, line, findings: &findings)
    return DirectiveFence(
      fence: fence, line: line, attributes: attributes, name: isClosed ? name : nil)
  }

  private func checkForm(
    _ attributes: FenceAttributes, kinds: [FenceAttributes.Word], findings: inout Findings
  ) {
    for (fault, range) in attributes.faults { findings.add(fault, at: range) }
    let language = attributes.language
    if language.text != "yaml", !attributes.faults.contains(where: { $0.range == language.range }) {
      let place = language.range.isEmpty ? kinds[0].range : language.range
      findings.add(.notYAML(language: language.text), at: place)
    }
    for stray in attributes.strays { findings.add(.strayWord(stray.text), at: stray.range) }
    for other in kinds.dropFirst() {
      findings.add(.severalKinds(first: kinds[0].text, second: other.text), at: other.range)
    }
  }

  private mutating func name(
    _ word: FenceAttributes.Word, _ attributes: FenceAttributes, _ info: ByteRange,
    findings: inout Findings
  ) -> DirectiveFence.Name? {
    let text = String(word.text.dropFirst("nbrun-".count))
    let kind = FenceAttributes.Word(
      text: text, range: max(info.lowerBound, word.range.lowerBound - 1)..<word.range.upperBound)
    let isKnown = Directive.knownKinds.contains(text)
    if !isKnown { findings.add(text.isEmpty ? .emptyKind : .unknownKind(text), at: kind.range) }
    guard let id = id(attributes, kind: isKnown ? text : "train", info, findings: &findings) else {
      return nil
    }
    return isKnown ? DirectiveFence.Name(kind: kind, id: id) : nil
  }

  private mutating func id(
    _ attributes: FenceAttributes, kind: String, _ info: ByteRange, findings: inout Findings
  ) -> FenceAttributes.Word? {
    guard let id = attributes.ids.first else {
      if !attributes.faults.contains(where: { $0.fault == .attributesWithoutBraces }) {
        findings.add(.missingID(kind: kind), at: info)
      }
      return nil
    }
    for other in attributes.ids.dropFirst() {
      findings.add(.severalIDs(first: id.text, second: other.text), at: other.range)
    }
    guard Identifier.isValid(id.text) else {
      findings.add(.invalidID(id.text), at: id.range.isEmpty ? info : id.range)
      return nil
    }
    if let line = firstUse[id.text] {
      findings.add(.duplicateID(id.text, firstLine: line), at: id.range)
      return nil
    }
    firstUse[id.text] = source.lineNumber(at: id.range.lowerBound)
    return id
  }

  private func checkEnd(
    _ fence: BlockMap.Fence, _ line: FenceLine, findings: inout Findings
  ) -> Bool {
    let last = fence.lines.upperBound
    if fence.lines.count > 1, line.isClosed(byLine: last, in: fence.container, of: source) {
      return true
    }
    let opening = fence.start..<source.lineRange(fence.lines.lowerBound).upperBound
    findings.add(.unterminatedDirective(fence: line.closing), at: source.trimmed(opening))
    return false
  }
}
