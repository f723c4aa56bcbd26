public import Records

extension Figure {
  /// The policies of a plan by the work that they add and the peak that they reach.
  ///
  /// A line joins what no other way beats in both: the planner's frontier where the plan has one,
  /// else the best of the policies. nil for fewer than two policies.
  public static func frontier(of record: Record, language: Language = .english) -> Figure? {
    guard case .plan(let plan) = record.output, plan.rows.count > 1,
      let work = plan.places.map(\.work).max(), let peak = plan.places.map(\.peak).max(),
      let least = plan.places.map(\.peak).min(),
      work.isFinite, peak > 0
    else { return nil }
    let title = "\(Phrase.frontierFigure.text(in: language)) \(record.id)"
    var frame = Chart.Frame()
    frame.top = 46
    var chart = Chart(
      title: title,
      horizontal: Chart.Axis(
        title: Phrase.workAxis.text(in: language), low: 0, high: max(work, 1) * 1.15, suffix: " %"),
      vertical: Chart.Axis(
        title: "\(Phrase.peakMemory.text(in: language)) (MiB)", low: Self.floor(least, peak),
        high: peak + 0.12 * (peak - Self.floor(least, peak))),
      frame: frame)
    chart.draw(plan)
    return Figure(cell: record.id, contents: chart.svg.document(title: title))
  }

  /// Where the memory axis begins: what no policy changes, such as parameters, would squeeze all that
  /// they do change into a line.
  private static func floor(_ least: Double, _ most: Double) -> Double {
    least < 0.6 * most ? 0 : least - 0.3 * max(most - least, 0.01 * most)
  }
}

/// A way to train by the work that it adds, in per cent, and its peak in MiB.
private struct Place: Equatable {
  var work: Double
  var peak: Double

  init(_ row: PlanSummary.Row) {
    work = row.recompute.flopsFraction * 100
    peak = Double(row.memory.plannedPeak) / 1_048_576
  }

  init(_ way: PlanSummary.Way) {
    work = way.flopsFraction * 100
    peak = Double(way.peak) / 1_048_576
  }

  /// Whether another way needs less of one and no more of the other.
  func isBeaten(by other: Place) -> Bool {
    other.work <= work && other.peak <= peak && (other.work < work || other.peak < peak)
  }
}

extension PlanSummary {
  fileprivate var places: [Place] { rows.map(Place.init) + (ways ?? []).map(Place.init) }
}

extension Chart {
  fileprivate mutating func draw(_ plan: PlanSummary) {
    let places = plan.places
    let best = places.filter { place in !places.contains { place.isBeaten(by: $0) } }
      .sorted { ($0.work, $0.peak) < ($1.work, $1.peak) }
    let corners = best.map { point($0.work, $0.peak) }
    svg.path("line s1", staircase(corners))
    for way in (plan.ways ?? []).map(Place.init) {
      svg.circle("f-s1", at: point(way.work, way.peak), radius: 2)
    }
    let points = plan.rows.map { row in
      let place = Place(row)
      return (name: row.policy, isBest: best.contains(place), at: point(place.work, place.peak))
    }
    var taken = points.map { Box(around: $0.at) }
    for policy in points {
      svg.circle(policy.isBest ? "f-s1" : "dot", at: policy.at, radius: 4.5)
      label(policy.name, at: policy.at, avoiding: &taken)
    }
  }

  /// What can be reached between two policies is no better than the cheaper one.
  private func staircase(_ corners: [Point]) -> String {
    guard let first = corners.first else { return "" }
    return corners.dropFirst().reduce("M\(px(first.x)) \(px(first.y))") {
      $0 + "H\(px($1.x))V\(px($1.y))"
    }
  }

  /// Writes a name beside a point where nothing is in its way, or else to its right.
  private mutating func label(_ name: String, at point: Point, avoiding taken: inout [Box]) {
    let width = Self.width(of: name)
    let places = [(9.0, -7.0), (9, 17), (-9 - width, -7), (-9 - width, 17), (9, -22), (9, 32)]
    let boxes = places.map { offset in
      Box(
        left: point.x + offset.0, right: point.x + offset.0 + width,
        top: point.y + offset.1 - 11, bottom: point.y + offset.1 + 3)
    }
    let free = boxes.firstIndex { box in
      box.isInside(frame) && !taken.contains { $0.overlaps(box) }
    }
    let box = boxes[free ?? 0]
    taken.append(box)
    svg.text(name, at: Point(x: box.left, y: box.bottom - 3), style: "title")
  }
}

/// A rectangle that something covers.
private struct Box {
  var left: Double
  var right: Double
  var top: Double
  var bottom: Double

  func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  func isInside(_ frame: Chart.Frame) -> Bool {
    left > frame.left && right < frame.right && top > frame.top - 10 && bottom < frame.bottom
  }
}

extension Box {
  fileprivate init(around point: Point) {
    self.init(left: point.x - 6, right: point.x + 6, top: point.y - 6, bottom: point.y + 6)
  }
}
