import Diagnostics
import Foundation
import NotebookSyntax
import TestSupport
import Testing

@testable import Experiment

@Suite("The schema of directives")
struct SchemaTests {
  private static let schema = DirectiveSchema()

  private static let paths: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../notebooks").standardizedFileURL.path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(root)/\($0)" }
  }()

  @Test("Every directive of every notebook here is what the schema says", arguments: paths)
  func notebooks(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let notebook = Notebook(parsing: SourceText(name: path, bytes: bytes))
    #expect(!notebook.directives.isEmpty)
    for directive in notebook.directives {
      let body = try #require(node(directive.body, of: notebook))
      let kind = try #require(DirectiveKind(rawValue: directive.kind))
      #expect(Self.accepts(body, kind), "\(directive.id)")
      if let options = node(directive.options, of: notebook), !options.isNull {
        #expect(check.accepts(options, Self.schema.options), "\(directive.id)")
      }
    }
    if let front = notebook.frontMatter.flatMap({ node($0.content, of: notebook) }),
      case .mapping(let entries) = front.content
    {
      for entry in entries {
        guard let property = Self.schema.frontMatter.first(where: { $0.key == entry.name }) else {
          continue
        }
        #expect(check.accepts(entry.value, property.value), "\(entry.name)")
      }
    }
  }

  @Test("The keys of the schema are those of the readers, of both no more and no less")
  func keys() throws {
    for kind in DirectiveKind.classes where kind != .expect {
      let trace = ReaderTrace()
      let body = try #require(node("zzz: 1"))
      let reader = BodyReader(place: body.range, settings: Settings(), project: MemoryFiles([:]))
      reader.trace = trace
      _ = reader.body(body, kind: kind)
      let known = (trace.expectations[body.range] ?? []).compactMap { wish -> [String]? in
        if case .object(_, let keys) = wish { keys } else { nil }
      }
      let schema = try #require(Self.schema.bodies.first { $0.kind == kind }).body
      #expect(Set(schema.keys).isSuperset(of: known.joined()))
      #expect(!Self.accepts(body, kind))
      #expect(!known.isEmpty)
    }
  }

  @Test(
    "What the readers accept the schema accepts",
    arguments: [
      ("model", "preset: gpt2\nnum_layers: ${n}\ndropout: 0.0"),
      ("model", "pretrained: models/x\ncontext_length: 8"),
      ("model", "input: {tokens: 9, context_length: 4}\nlayers:\n  - embedding: {dim: 4}"),
      (
        "model",
        """
        input: {features: 4}
        layers:
          - repeat:
              times: 2
              layers: [relu, {residual: [{linear: {out: 4, init: {normal: 0.1}}}, gelu]}]
          - linear: {out: 2}
        loss: {cross_entropy: {label_smoothing: 0.1}}
        """
      ),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\ncheckpoint: {budget: 60%}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\ncheckpoint: minimum\ncost: measured"),
      ("plan", "model: m\nbatch: 2\ncost: model"),
      ("train", "model: m\ndata: d\nepochs: 1\nbatch: 2\nmemory_limit: 2 GiB\noptimizer: sgd"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\noptimizer: {adam: {betas: [0.9, 0.99]}}"),
      ("data", "tokens: {random: {vocab_size: 5, length: 9}}"),
      ("data", "table: {file: a.csv, columns: {a: number, b: category}, target: b}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {batch: [2, 4], seed: [1]}"),
      ("plan", "model: m\nbatch: 2\nsweep: {batch: [2, 4]}"),
      ("plan", "model: m\nprecision: bf16\nsweep: {batch: [2, 4], policies: [[none], [sqrt]]}"),
      ("train", "model: m\ndata: d\nsweep: {batch: [2, 4], epochs: [1, 2]}"),
      (
        "train",
        """
        model: m
        data: d
        steps: 1
        batch: 2
        sweep:
          checkpoint: [none, {every: 2}, {budget: 900 MiB}]
          optimizer.adamw.lr: [1e-3, 3e-4]
          optimizer: [sgd, {adamw: {betas: [0.9, 0.99]}}]
        """
      ),
      (
        "train",
        """
        model: m
        data: d
        steps: 1
        batch: 2
        evaluate: {split: validation}
        schedule: {step: {gamma: 0.5}}
        sweep: {evaluate.every: [5, 10], schedule.step.every: [1, 2]}
        """
      ),
      (
        "train",
        """
        model: m
        data: d
        steps: 1
        batch: 2
        sweep: {evaluate.every: [5, 10], schedule.step.every: [1, 2], optimizer.sgd.lr: [1, 2]}
        """
      ),
      ("query", "sql: SELECT 1\nformat: {a: bytes}\nmax_rows: 3\ncells: [a]"),
      ("plot", "kind: bar\ncells: [a]\nmetric: loss\nlog: [x, y]\nsize: [200, 300]"),
      ("plot", "cells: a\nmetric: [loss, validation.accuracy, test.top_5, perplexity]"),
      ("plot", "cells: a\nmetric: ${name}"),
      ("expect", "- a.loss.last < 1"), ("generate", "train: a\nprompt: [1, 2]"),
      ("data", "npy: {features: a.npy, targets: b.npy, scale: 255, split: {test: 0.1}, seed: 3}"),
    ])
  func accepted(kind: String, body: String) throws {
    let kind = try #require(DirectiveKind(rawValue: kind))
    #expect(Self.accepts(try #require(node(body)), kind))
  }

  @Test(
    "What the readers refuse the schema refuses",
    arguments: [
      ("model", "preset: gpt3"), ("model", "preset: gpt2\nlayers: 3"),
      ("model", "input: {features: 4}\nlayers: [{linear: {outt: 3}}]"),
      ("model", "input: {features: 0}\nlayers: [relu]"),
      ("train", "model: m\ndata: d\nbatch: 2"),
      ("train", "model: m\ndata: d\nsteps: x\nbatch: 2"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\ncheckpoint: {every: two}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\noptimizer: {adamw: {lr: -1}}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\ncost: exact"),
      ("data", "tokens: {random: {vocab_size: 5, size: 9}}"), ("data", "spirals: 3"),
      ("expect", "claim: 1"), ("compare", "cells: []"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {batch: 2}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {batch: [0]}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {checkpoint: [non]}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {optimizer.adamw.lrr: [1]}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nsweep: {optimizer.adamw.lr: [-1]}"),
      ("train", "model: m\ndata: d\nbatch: 2\nsweep: {seed: [1]}"),
      ("train", "model: m\ndata: d\nsteps: 1\nbatch: 2\nevaluate: {split: validation}"),
      (
        "train",
        "model: m\ndata: d\nsteps: 1\nbatch: 2\nevaluate: {split: test}\nsweep: {seed: [1]}"
      ),
      (
        "train",
        """
        model: m
        data: d
        steps: 1
        batch: 2
        evaluate: {split: validation}
        schedule: {step: {gamma: 0.5}}
        sweep: {evaluate.every: [5, 10]}
        """
      ),
      ("plan", "model: m\nsweep: {precision: [bf16]}"),
      ("plan", "model: m\nbatch: 2\nprecision: f16"),
      ("plot", "cells: [a]\nmetric: los"), ("plot", "cells: [a]\nmetric: [loss, test.top_x]"),
      ("data", "npy: {features: a.npy, targets: b.npy, scale: -1}"),
      ("data", "safetensors: {file: a, tokens: t, test: {file: b, lengths: [1]}}"),
      ("model", "preset: resnet\ndepth: 18\nclasses: 1"),
      ("model", "pretrained: models/x\ndropout: 2"),
    ])
  func refused(kind: String, body: String) throws {
    let kind = try #require(DirectiveKind(rawValue: kind))
    #expect(!Self.accepts(try #require(node(body)), kind))
  }

  // MARK: - Values

  private static func accepts(_ node: YAMLNode, _ kind: DirectiveKind) -> Bool {
    guard let body = schema.bodies.first(where: { $0.kind == kind })?.body else { return false }
    return SchemaCheck(schema).accepts(node, body)
  }

  private var check: SchemaCheck { SchemaCheck(Self.schema) }

  private func node(_ text: MappedText, of notebook: Notebook) -> YAMLNode? {
    var composer = YAMLComposer(YAMLText(text, of: notebook.source), parameters: nil)
    return composer.compose()
  }

  private func node(_ body: String) -> YAMLNode? {
    let text = "```yaml {.nbrun-train #x}\n\(body)\n```\n"
    let notebook = Notebook(parsing: SourceText(name: "n.md", text: text))
    return notebook.directives.first.flatMap { node($0.body, of: notebook) }
  }
}

extension SchemaNode {
  /// The keys of the mappings that it can be.
  fileprivate var keys: [String] {
    switch self {
    case .object(let object): object.properties.map(\.key)
    case .anyOf(let nodes): nodes.flatMap(\.keys)
    default: []
    }
  }
}
