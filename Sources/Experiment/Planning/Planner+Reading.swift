import Diagnostics
import NotebookSyntax

extension Planner {
  /// Reads title, parameters and settings.
  mutating func readFrontMatter(overrides: [ParameterOverride], settings: SettingsOverrides) {
    if let frontMatter = notebook.frontMatter {
      let yaml = YAMLText(frontMatter.content, of: notebook.source)
      let place = yaml.range(line: 1, column: 1, count: 1)
      let reader = BodyReader(place: place, settings: Settings(), project: project)
      let root = compose(yaml, parameters: nil, keys: ["title", "lang", "params"])
      front = reader.frontMatter(root, overrides: overrides)
      // Settings may use the parameters, so they are read once those are known.
      let values = parameterValues
      front.settings = reader.settings(compose(yaml, parameters: values, keys: ["nbrun"]))
      take(reader)
    }
    // Without directives the file is not ours, and its front matter is another tool's business.
    if notebook.directives.isEmpty { faults = [] }
    front.settings = settings.applied(to: front.settings)
    noteUnknown(overrides)
  }

  /// Reads all directives.
  mutating func readDirectives() {
    for directive in notebook.directives {
      guard let kind = DirectiveKind(rawValue: directive.kind), kind != .sweep else {
        let kinds = DirectiveKind.classes.map(\.rawValue)
        let fault = Fault.unknownWord(directive.kind, what: "kind of directive", known: kinds)
        faults.append(PlacedFault(fault, at: directive.kindRange))
        continue
      }
      drafts += read(directive, kind: kind)
    }
  }

  private mutating func read(_ directive: Directive, kind: DirectiveKind) -> [Draft] {
    let reader = BodyReader(
      place: directive.idRange, settings: front.settings, project: project)
    let options = reader.options(
      compose(YAMLText(directive.options, of: notebook.source), parameters: parameterValues),
      attributes: directive.attributeEntries)
    if options.timeout != nil, kind != .train {
      reader.note(.timeoutOf(kind), at: directive.idRange)
    }
    let before = faults.count
    let text = YAMLText(directive.body, of: notebook.source)
    reader.checkLateOptions(text)
    let root = compose(text, parameters: parameterValues)
    var body: CellBody?
    if let root, Self.sweptKinds.contains(kind),
      case (let rest, let sweep?) = root.removing("sweep")
    {
      return sweepDrafts(
        sweep, of: directive, kind: kind, body: rest, options: options, reader: reader)
    }
    if let root, !root.isNull {
      body = reader.body(root, kind: kind)
    } else if faults.count == before {
      reader.note(.emptyBody(owner: kind.owner, example: kind.example), at: directive.idRange)
    }
    take(reader)
    return [
      Draft(kind: kind, directive: directive, options: options, body: body, reader: reader)
    ]
  }

  private var parameterValues: [String: ParameterValue] {
    Dictionary(front.parameters.map { ($0.name, $0.value) }) { first, _ in first }
  }

  private mutating func compose(
    _ yaml: YAMLText, parameters: [String: ParameterValue]?, keys: [String]? = nil
  ) -> YAMLNode? {
    let faulty = Set(front.declaredNames).subtracting((parameters ?? [:]).keys)
    var composer = YAMLComposer(yaml, parameters: parameters, faulty: faulty, keys: keys)
    let root = composer.compose()
    faults += composer.faults
    return root
  }

  mutating func take(_ reader: BodyReader) {
    faults += reader.faults
    overrideFaults += reader.overrideFaults
  }

  private mutating func noteUnknown(_ overrides: [ParameterOverride]) {
    // A faulty declaration is reported already: its name is no unknown one.
    let known = front.declaredNames
    for override in overrides where !known.contains(override.name) {
      let fault = Fault.unknownOverride(override.name, known: known)
      overrideFaults.append(
        Diagnostic(
          code: fault.code, message: fault.message, source: override.origin, notes: fault.notes))
    }
  }
}

extension BodyReader {
  /// Reads a body of a kind.
  func body(_ root: YAMLNode, kind: DirectiveKind) -> CellBody? {
    switch kind {
    case .data: data(root).map { .data($0) }
    case .model: model(root).map { .model($0) }
    case .plan: plan(root).map { .plan($0) }
    case .train: train(root).map { .train($0) }
    case .eval: eval(root).map { .eval($0) }
    case .generate: generate(root).map { .generate($0) }
    case .compare: compare(root).map { .compare($0) }
    case .expect: expect(root).map { .expect($0) }
    case .query: query(root).map { .query($0) }
    case .plot: plot(root).map { .plot($0) }
    case .sweep: nil
    }
  }
}

extension DirectiveKind {
  /// A short body, for the message about an empty one.
  fileprivate var example: String {
    switch self {
    case .data: "tokens: {random: {vocab_size: 256, length: 20000}}"
    case .model: "preset: gpt2"
    case .plan: "model: gpt"
    case .train: "model: gpt"
    case .eval, .generate: "train: gpt-sqrt"
    case .compare: "cells: [gpt-none, gpt-sqrt]"
    case .expect: "- gpt-sqrt.memory.peak < gpt-none.memory.peak"
    case .sweep: ""
    case .plot: "{cells: [gpt-sqrt], metric: loss}"
    case .query: "sql: SELECT cell, bytes FROM memory WHERE name = 'peak'"
    }
  }
}
