/// How a cell's output is dressed; nothing here changes a number.
public struct RegionOptions: Sendable {
  /// A sentence above the output.
  public var caption: String?
  /// A name that stands above the output, before the caption.
  public var label: String?
  /// The language of tables and figures.
  public var language: Language
  /// The folder of the figures relative to the notebook, such as `../results/tutorial`.
  public var figureFolder: String

  /// Creates options.
  public init(
    caption: String? = nil, label: String? = nil, language: Language = .english,
    figureFolder: String
  ) {
    self.caption = caption
    self.label = label
    self.language = language
    self.figureFolder = figureFolder
  }
}
