import Diagnostics

/// A frame with two axes to draw values in.
struct Chart {
  static let width = 720.0

  var svg: SVG
  let horizontal: Axis
  let vertical: Axis
  let frame: Frame

  /// What an axis spans and how it is called.
  struct Axis {
    var title: String
    var low: Double
    var high: Double
    var isWhole = false
    var suffix = ""
    var scale = AxisScale.linear
  }

  /// The part of the drawing that values are drawn in, in pixels.
  struct Frame {
    var left = 76.0
    var right = Chart.width - 24
    var top = 58.0
    var bottom = 284.0
    /// Room below the axis for its title and what a figure adds.
    var foot = 56.0
    /// How far below the axis its title stands.
    var titleDrop = 42.0
  }

  /// Draws ground, title, grid and axes.
  init(
    title: String, horizontal: Axis, vertical: Axis, frame: Frame = Frame(),
    width: Double = Chart.width
  ) {
    self.horizontal = horizontal
    self.vertical = vertical
    self.frame = frame
    svg = SVG(width: width, height: frame.bottom + frame.foot)
    svg.rectangle(
      "ground", x: 0.5, y: 0.5, width: svg.width - 1, height: svg.height - 1, radius: 6)
    svg.text(title, at: Point(x: 20, y: 26), style: "title")
    drawHorizontalAxis()
    drawVerticalAxis()
  }

  /// Where a pair of values lies.
  func point(_ x: Double, _ y: Double) -> Point { Point(x: self.x(x), y: self.y(y)) }

  func x(_ value: Double) -> Double {
    frame.left + horizontal.fraction(value) * (frame.right - frame.left)
  }

  func y(_ value: Double) -> Double {
    frame.bottom - vertical.fraction(value) * (frame.bottom - frame.top)
  }

  private mutating func drawHorizontalAxis() {
    for tick in horizontal.ticks(count: max(2, Int((frame.right - frame.left) / 77.5))) {
      let x = x(tick.value)
      svg.line("axis", from: Point(x: x, y: frame.bottom), to: Point(x: x, y: frame.bottom + 4))
      if horizontal.slantsLabels(in: frame) {
        svg.slantedText(tick.label, at: Point(x: x + 4, y: frame.bottom + 14))
      } else {
        svg.text(tick.label, at: Point(x: x, y: frame.bottom + 18), anchor: .middle)
      }
    }
    svg.line(
      "axis", from: Point(x: frame.left, y: frame.bottom),
      to: Point(x: frame.right, y: frame.bottom))
    svg.text(
      horizontal.title,
      at: Point(x: (frame.left + frame.right) / 2, y: frame.bottom + frame.titleDrop),
      anchor: .middle)
  }

  private mutating func drawVerticalAxis() {
    for tick in vertical.ticks(count: max(2, Int((frame.bottom - frame.top) / 45))) {
      let y = y(tick.value)
      svg.line("grid", from: Point(x: frame.left, y: y), to: Point(x: frame.right, y: y))
      svg.text(tick.label, at: Point(x: frame.left - 8, y: y + 4), anchor: .end)
    }
    svg.text(
      vertical.title, at: Point(x: 20, y: (frame.top + frame.bottom) / 2), anchor: .middle,
      turned: true)
  }

  /// An entry of a legend: the class of its square, and its name.
  typealias LegendEntry = (style: String, name: String)

  /// Draws rows of coloured squares with names, above the frame unless told where.
  mutating func drawLegend(_ entries: [LegendEntry], top: Double = 38) {
    for (row, entries) in Self.legendRows(entries).enumerated() {
      let width = entries.reduce(-18) { $0 + Self.width(of: $1) }
      // A long row begins left of the frame rather than ending outside the drawing.
      var x = max(20, min(frame.left, svg.width - 12 - width))
      let top = top + Double(row) * Self.legendRowHeight
      for entry in entries {
        svg.rectangle(entry.style, x: x, y: top, width: 10, height: 10, radius: 2)
        svg.text(entry.name, at: Point(x: x + 15, y: top + 9))
        x += Self.width(of: entry)
      }
    }
  }

  static let legendRowHeight = 17.0

  /// The entries in as few rows as hold them.
  static func legendRows(_ entries: [LegendEntry]) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var width = Double.infinity
    for entry in entries {
      width += Self.width(of: entry)
      if width > Chart.width - 14 {
        rows.append([])
        width = 20 + Self.width(of: entry)
      }
      rows[rows.count - 1].append(entry)
    }
    return rows
  }

  /// The width of an entry with its square and the gap behind it.
  private static func width(of entry: LegendEntry) -> Double { 15 + width(of: entry.name) + 18 }

  /// About the width of a text in pixels.
  static func width(of text: String) -> Double { Double(displayWidth(text)) * 6.3 }
}
