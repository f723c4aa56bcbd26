/// The colours and typefaces of all figures.
///
/// A figure brings its own ground, so that it reads well wherever it is put, and follows the
/// reader's preference for light or dark. Hues differ in lightness too, for readers who don't tell
/// red from green and for print.
public enum FigureStyle {
  /// The classes of series, in the order in which they are handed out; areas have `a0` to `a5`
  /// and the phases of a step `p0` to `p3`.
  public static let series = ["s1", "s2", "s3", "s4"]

  /// What a figure carries: the rules for either ground, by the reader's preference.
  static let sheet = "\n\(light)\n@media (prefers-color-scheme:dark){\n\(dark)\n}\n"

  /// The rules on light ground, and those that don't depend on it.
  public static let light = """
    text{font:12px system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK JP",sans-serif;\
    fill:#59636e}
    .title{font-weight:600;fill:#1f2328}
    .mark{font-weight:600;fill:#1f2328}
    .ground{fill:#ffffff;stroke:#d1d9e0}
    .grid{stroke:#e4e8ec}
    .axis{stroke:#818b98}
    .guide{stroke:#59636e;stroke-dasharray:4 3}
    .dot{fill:#ffffff;stroke:#1f2328;stroke-width:1.5}
    \(colors(["#0969da", "#d4700a", "#1a7f37", "#8250df"]))
    .a0{fill:#afb8c1}.a1{fill:#d4700a}.a2{fill:#218bff}.a3{fill:#8250df}
    .a4{fill:#6e7781}.a5{fill:#54aeff}
    .p0{fill:#2da44e}.p1{fill:#d4a72c}.p2{fill:#bf3989}.p3{fill:#6e7781}
    .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    """

  /// The rules that replace them on dark ground.
  public static let dark = """
    text{fill:#9198a1}
    .title,.mark{fill:#f0f6fc}
    .ground{fill:#0d1117;stroke:#3d444d}
    .grid{stroke:#262c36}
    .axis{stroke:#656c76}
    .guide{stroke:#9198a1}
    .dot{fill:#0d1117;stroke:#f0f6fc}
    \(colors(["#4493f8", "#f0883e", "#3fb950", "#ab7df8"]))
    .a0{fill:#57606a}.a1{fill:#f0883e}.a2{fill:#388bfd}.a3{fill:#bc8cff}
    .a4{fill:#8b949e}.a5{fill:#a5d6ff}
    .p0{fill:#2ea043}.p1{fill:#d29922}.p2{fill:#db61a2}.p3{fill:#8b949e}
    """

  /// A fill, a line and an outlined dot of each series.
  private static func colors(_ colors: [String]) -> String {
    zip(series, colors)
      .map { ".f-\($0){fill:\($1)}.\($0){stroke:\($1)}" }
      .joined()
  }
}
