/// What plots add to the style of all figures: colours for more series than two or three.
enum PlotStyle {
  /// The most series that can be told apart.
  static let mostSeries = 16

  /// The classes of a series: eight colours, and the same again for dashed lines.
  static func style(_ index: Int) -> String { "s\(index % 8 + 1)" }

  /// The classes of a series' dots and bars: filled, and the same colours again as outlines.
  static func area(_ index: Int) -> String {
    index < 8 ? "f-\(style(index))" : "open \(style(index))"
  }

  /// The classes of a series' line.
  static func line(_ index: Int) -> String {
    "line \(style(index))\(index < 8 ? "" : " dashed")"
  }

  static let sheet =
    FigureStyle.sheet + """
      .dashed{stroke-dasharray:6 4}
      .open{fill:none;stroke-width:2}
      .label{font-size:11px}
      \(colors(["#bf3989", "#7d5d00", "#0e7c86", "#57606a"]))
      @media (prefers-color-scheme:dark){
      \(colors(["#f778ba", "#d4a72c", "#39c5cf", "#b1bac4"]))
      }

      """

  private static func colors(_ colors: [String]) -> String {
    zip(5..., colors).map { ".f-s\($0){fill:\($1)}.s\($0){stroke:\($1)}" }.joined()
  }
}
