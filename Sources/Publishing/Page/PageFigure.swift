import Diagnostics
import FoundationEssentials
public import Records
public import Reporting

/// A figure that can be explored on a page: its drawing and the numbers behind it.
public struct PageFigure: Sendable {
  /// The name of its file.
  public let name: String
  /// The SVG text, as it is in the file.
  let contents: String
  /// JSON that is safe inside a script element.
  let data: String

  /// The losses of a run, step by step; nil where there is no figure of them.
  public static func loss(of record: Record, language: Language) -> PageFigure? {
    guard let figure = Figure.loss(of: record, language: language), let scale = figure.scale else {
      return nil
    }
    let series = record.metrics
      .filter { $0.key == "loss" || $0.key.hasSuffix(".loss") }
      .sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
      .prefix(FigureStyle.series.count)
    return PageFigure(
      figure,
      FigureData(
        kind: "loss", scale: FigureData.Scale(scale),
        words: ["step": FigureWord.step.text(language)],
        lines: zip(series, FigureStyle.series).map { entry, style in
          FigureData.Line(
            name: entry.key, style: style,
            points: entry.value.points.filter(\.value.isFinite)
              .map { [Double($0.step), $0.value] })
        }))
  }

  /// The live memory of a step, operation by operation; nil where there is no figure of it.
  ///
  /// - Parameter lifetimes: the operations and tensors of the step; nil where they are not known.
  public static func timeline(
    of record: Record, lifetimes: StepLifetimes?, language: Language
  ) -> PageFigure? {
    guard let figure = Figure.timeline(of: record, language: language), let scale = figure.scale,
      let timeline = record.memory?.timeline
    else { return nil }
    let tensors = lifetimes?.tensors.map { tensor in
      FigureData.Tensor(
        name: tensor.name, bytes: tensor.bytes, first: tensor.positions.lowerBound,
        last: tensor.positions.upperBound)
    }
    return PageFigure(
      figure,
      FigureData(
        kind: "memory", scale: FigureData.Scale(scale), words: FigureWord.all(language),
        phases: FigureData.phases(timeline),
        areas: [
          timeline.map(\.persistent), timeline.map(\.gradients), timeline.map(\.activations),
          timeline.map(\.workspace),
        ],
        operations: lifetimes?.operations, tensors: tensors))
  }

  private init?(_ figure: Figure, _ data: FigureData) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(data) else { return nil }
    name = figure.name
    contents = figure.contents
    // No name can end the script element, or begin a comment in it.
    self.data = replacingScalars(of: String(decoding: json, as: UTF8.self)) {
      $0 == "<" ? "\\u003c" : nil
    }
  }
}

/// The operations of a step, and when its tensors are live.
public struct StepLifetimes: Sendable {
  /// The operations in order: `backward block.3.mlp.up (linear)`.
  public var operations: [String]
  /// The tensors.
  public var tensors: [Tensor]

  /// A tensor and its life.
  public struct Tensor: Sendable {
    /// Its name.
    public var name: String
    /// Its size in bytes.
    public var bytes: Int
    /// The operations, by position, during which it is live.
    public var positions: ClosedRange<Int>

    /// Creates a tensor.
    public init(name: String, bytes: Int, positions: ClosedRange<Int>) {
      self.name = name
      self.bytes = bytes
      self.positions = positions
    }
  }

  /// Creates lifetimes.
  public init(operations: [String], tensors: [Tensor]) {
    self.operations = operations
    self.tensors = tensors
  }
}
