import Records
import Reporting

/// The numbers behind a figure, as the page's script reads them.
struct FigureData: Encodable {
  var kind: String
  var scale: Scale
  /// The words of the reader's language by their English ones.
  var words: [String: String]
  var lines: [Line]?
  /// Runs of operations of one phase: the phase's number and how many.
  var phases: [[Int]]?
  /// Bytes by operation: persistent, gradients, activations, workspace.
  var areas: [[Int]]?
  var operations: [String]?
  var tensors: [Tensor]?

  /// Where values lie in the drawing.
  struct Scale: Encodable {
    var left, right, top, bottom, xLow, xHigh, yLow, yHigh, width, height: Double

    init(_ scale: Figure.Scale) {
      (left, right, top, bottom) = (scale.left, scale.right, scale.top, scale.bottom)
      (xLow, xHigh, yLow, yHigh) = (scale.xLow, scale.xHigh, scale.yLow, scale.yHigh)
      (width, height) = (scale.width, scale.height)
    }
  }

  /// A line of the loss figure: pairs of step and value.
  struct Line: Encodable {
    var name: String
    var style: String
    var points: [[Double]]
  }

  /// A tensor as name, bytes, first and last operation.
  struct Tensor: Encodable {
    var name: String
    var bytes: Int
    var first: Int
    var last: Int

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(name)
      try container.encode(bytes)
      try container.encode(first)
      try container.encode(last)
    }
  }

  static func phases(_ timeline: [MemoryRecord.TimelinePoint]) -> [[Int]] {
    let order: [MemoryRecord.Phase] = [.forward, .recompute, .backward, .optimizer]
    var runs: [[Int]] = []
    for point in timeline {
      let phase = order.firstIndex(of: point.phase) ?? 0
      if runs.last?[0] == phase { runs[runs.count - 1][1] += 1 } else { runs.append([phase, 1]) }
    }
    return runs
  }
}

/// The words that the script puts beside a figure.
enum FigureWord: String, CaseIterable {
  case step, operation, bytes, more, tensors = "live tensors", peak
  case persistent = "parameters, optimizer state, inputs"
  case gradients, activations, workspace
  case forward, recompute = "recomputation", backward, optimizer = "optimizer step"

  static func all(_ language: Language) -> [String: String] {
    Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)", $0.text(language)) })
  }

  func text(_ language: Language) -> String {
    switch language {
    case .english: rawValue
    case .japanese: japanese
    }
  }

  private var japanese: String {
    switch self {
    case .step: "ステップ"
    case .operation: "演算"
    case .bytes: "バイト数"
    case .more: "ほか"
    case .tensors: "生存中のテンソル"
    case .peak: "ピーク"
    case .persistent: "パラメータ、最適化の状態、入力"
    case .gradients: "勾配"
    case .activations: "活性値"
    case .workspace: "作業領域"
    case .forward: "順伝播"
    case .recompute: "再計算"
    case .backward: "逆伝播"
    case .optimizer: "パラメータの更新"
    }
  }
}
