public import Records

extension Figure {
  /// Live bytes over the operations of a step, by what they are for; nil where nothing is known.
  ///
  /// Long schedules are thinned to one point a pixel, the highest, so the peak is never lost.
  public static func timeline(of record: Record, language: Language = .english) -> Figure? {
    guard let memory = record.memory, let highest = memory.timeline.map(\.total).max(), highest > 0
    else { return nil }
    let title = "\(Phrase.timelineFigure.text(in: language)) \(record.id)"
    var frame = Chart.Frame()
    frame.foot = 92
    var chart = Chart(
      title: title,
      horizontal: Chart.Axis(
        title: Phrase.operation.text(in: language), low: 0, high: Double(memory.timeline.count),
        isWhole: true),
      vertical: Chart.Axis(
        title: "\(Phrase.memoryAxis.text(in: language)) (MiB)", low: 0,
        high: Double(highest) / 1_048_576 * 1.12),
      frame: frame)
    let parts = MemoryPart.parts(of: memory)
    chart.drawAreas(memory.timeline, parts)
    chart.drawPhases(memory.timeline, language)
    chart.drawPeak(memory.timeline, language)
    chart.drawLegend(parts.map { ($0.style, $0.phrase.text(in: language)) })
    return Figure(
      cell: record.id, contents: chart.svg.document(title: title), scale: Scale(chart))
  }
}

/// What live bytes are for.
private struct MemoryPart {
  var style: String
  var phrase: Phrase
  var bytes: (MemoryRecord.TimelinePoint) -> Int

  /// The parts that a timeline has, the steadiest first: they lie below the others.
  static func parts(of memory: MemoryRecord) -> [MemoryPart] {
    // The optimizer's state is there all the time, so its share of what persists is its size.
    let optimizer = memory.optimizer
    let all: [MemoryPart] = [
      MemoryPart(style: "a0", phrase: .parametersAndInputs) {
        $0.persistent - min($0.persistent, optimizer)
      },
      MemoryPart(style: "a4", phrase: .optimizerState) { min($0.persistent, optimizer) },
      MemoryPart(style: "a1", phrase: .gradients) { $0.gradients },
      MemoryPart(style: "a2", phrase: .activations) { $0.activations - $0.recomputed },
      MemoryPart(style: "a5", phrase: .recomputed) { $0.recomputed },
      MemoryPart(style: "a3", phrase: .workspace) { $0.workspace },
    ]
    return all.filter { part in memory.timeline.contains { part.bytes($0) > 0 } }
  }
}

extension Chart {
  /// The points to draw: at most one a pixel, each the highest of those that fall on it.
  private func thinned(_ timeline: [MemoryRecord.TimelinePoint]) -> [(
    end: Int, point: MemoryRecord.TimelinePoint
  )] {
    let columns = min(timeline.count, Int(frame.right - frame.left))
    return (0..<columns).compactMap { column in
      let end = (column + 1) * timeline.count / columns
      let range = column * timeline.count / columns..<end
      return timeline[range].max { $0.total < $1.total }.map { (end, $0) }
    }
  }

  /// Draws areas on top of each other: the highest sums first, the lower ones over them.
  fileprivate mutating func drawAreas(
    _ timeline: [MemoryRecord.TimelinePoint], _ parts: [MemoryPart]
  ) {
    let points = thinned(timeline)
    for upTo in parts.indices.reversed() {
      let heights = points.map { end, point in
        let bytes = parts[...upTo].reduce(0) { $0 + $1.bytes(point) }
        return (end: x(Double(end)), y: y(Double(bytes) / 1_048_576))
      }
      svg.path(parts[upTo].style, outline(heights))
    }
  }

  /// A closed outline of steps that stands on the axis; equal heights in a row are one step.
  private func outline(_ heights: [(end: Double, y: Double)]) -> String {
    var commands = "M\(px(frame.left)) \(px(frame.bottom))"
    var start = frame.left
    var current = ""
    for (end, y) in heights {
      let height = px(y)
      if height != current {
        commands += current.isEmpty ? "V\(height)" : "H\(px(start))V\(height)"
        current = height
      }
      start = end
    }
    return commands + "H\(px(start))V\(px(frame.bottom))Z"
  }

  /// Draws a strip under the axis that tells forward, recomputation, backward and optimizer.
  fileprivate mutating func drawPhases(
    _ timeline: [MemoryRecord.TimelinePoint], _ language: Language
  ) {
    let phases = MemoryRecord.Phase.allInOrder
    var start = 0
    while start < timeline.count {
      let phase = timeline[start].phase
      let end = timeline[start...].firstIndex { $0.phase != phase } ?? timeline.count
      svg.rectangle(
        "p\(phases.firstIndex(of: phase) ?? 0)", x: x(Double(start)), y: frame.bottom + 54,
        width: x(Double(end)) - x(Double(start)), height: 7)
      start = end
    }
    let entries = phases.enumerated()
      .filter { entry in timeline.contains { $0.phase == entry.element } }
      .map { (style: "p\($0.offset)", name: $0.element.phrase.text(in: language)) }
    drawLegend(entries, top: frame.bottom + 70)
  }

  /// Marks the highest point and says how high it is.
  fileprivate mutating func drawPeak(
    _ timeline: [MemoryRecord.TimelinePoint], _ language: Language
  ) {
    guard let index = timeline.indices.max(by: { timeline[$0].total < timeline[$1].total })
    else { return }
    let bytes = timeline[index].total
    let peak = point(Double(index) + 0.5, Double(bytes) / 1_048_576)
    svg.line(
      "guide", from: Point(x: frame.left, y: peak.y), to: Point(x: frame.right, y: peak.y))
    svg.circle("dot", at: peak, radius: 3.5)
    let label = "\(Phrase.peak.text(in: language)) \(Format.size(bytes))"
    let isRight = peak.x > (frame.left + frame.right) / 2
    svg.text(
      label, at: Point(x: peak.x + (isRight ? -8 : 8), y: peak.y - 8),
      anchor: isRight ? .end : .start, style: "mark")
  }
}

extension MemoryRecord.Phase {
  fileprivate static let allInOrder: [MemoryRecord.Phase] = [
    .forward, .recompute, .backward, .optimizer,
  ]

  fileprivate var phrase: Phrase {
    switch self {
    case .forward: .forward
    case .recompute: .recompute
    case .backward: .backward
    case .optimizer: .optimizerStep
    }
  }
}
