import Diagnostics

/// An SVG document under construction.
///
/// Numbers have at most two decimals, attributes one order and elements the order of the calls, so
/// equal drawings have equal bytes. Text stays text: it can be selected and searched.
struct SVG {
  let width: Double
  let height: Double
  private var elements: [String] = []

  /// Where a text's given point lies.
  enum Anchor: String {
    case start, middle, end
  }

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func rectangle(
    _ style: String, x: Double, y: Double, width: Double, height: Double, radius: Double = 0
  ) {
    let corner = radius > 0 ? " rx=\"\(px(radius))\"" : ""
    elements.append(
      "<rect class=\"\(style)\" x=\"\(px(x))\" y=\"\(px(y))\" width=\"\(px(width))\" "
        + "height=\"\(px(height))\"\(corner)/>")
  }

  mutating func line(_ style: String, from start: Point, to end: Point) {
    elements.append(
      "<line class=\"\(style)\" x1=\"\(px(start.x))\" y1=\"\(px(start.y))\" "
        + "x2=\"\(px(end.x))\" y2=\"\(px(end.y))\"/>")
  }

  mutating func circle(_ style: String, at center: Point, radius: Double) {
    elements.append(
      "<circle class=\"\(style)\" cx=\"\(px(center.x))\" cy=\"\(px(center.y))\" "
        + "r=\"\(px(radius))\"/>")
  }

  mutating func path(_ style: String, _ commands: String) {
    elements.append("<path class=\"\(style)\" d=\"\(commands)\"/>")
  }

  mutating func text(
    _ text: String, at point: Point, anchor: Anchor = .start, style: String = "",
    turned: Bool = false
  ) {
    let turn = turned ? " transform=\"rotate(-90 \(px(point.x)) \(px(point.y)))\"" : ""
    let style = style.isEmpty ? "" : " class=\"\(style)\""
    elements.append(
      "<text\(style) x=\"\(px(point.x))\" y=\"\(px(point.y))\" "
        + "text-anchor=\"\(anchor.rawValue)\"\(turn)>\(escaped(text))</text>")
  }

  /// Writes a text that ends at a point, rising towards it.
  mutating func slantedText(_ text: String, at point: Point) {
    elements.append(
      "<text x=\"\(px(point.x))\" y=\"\(px(point.y))\" text-anchor=\"end\" "
        + "transform=\"rotate(-30 \(px(point.x)) \(px(point.y)))\">\(escaped(text))</text>")
  }

  /// The whole file, with a title for readers that can't see it.
  func document(title: String, sheet: String = FigureStyle.sheet) -> String {
    let size = "width=\"\(px(width))\" height=\"\(px(height))\""
    let head = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) viewBox=\"0 0 \(px(width)) \(px(height))\" "
        + "role=\"img\" aria-label=\"\(escaped(title))\">",
      "<style>\(sheet)</style>",
    ]
    return (head + elements + ["</svg>", ""]).joined(separator: "\n")
  }

  private func escaped(_ text: String) -> String { escapedForMarkup(sanitizedForTerminal(text)) }
}

/// A place in a drawing, in pixels from its upper left corner.
struct Point: Equatable {
  var x: Double
  var y: Double
}

/// A coordinate with at most two decimals and no trailing zeros.
func px(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = Int(hundredths.magnitude).quotientAndRemainder(dividingBy: 100)
  // Drawings have thousands of coordinates: appending takes half the time of interpolation.
  var text = hundredths < 0 ? "-" : ""
  text += String(whole)
  guard rest > 0 else { return text }
  text += rest < 10 ? ".0" : "."
  text += String(rest.isMultiple(of: 10) ? rest / 10 : rest)
  return text
}
