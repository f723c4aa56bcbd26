public import Records

extension RecordedValue {
  /// The value as prose shows it: with its unit, a digest by its first digits, safe in Markdown.
  public var shownText: String { MarkdownText.prose(ValueText.described(self).text) }
}
