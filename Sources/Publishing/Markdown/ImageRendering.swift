import FoundationEssentials

/// An image as a part of the page: figures of nbrun's as drawings, all else as data.
struct ImageRendering {
  let destination: String
  let description: String
  let page: SitePage
  let image: PageImage

  /// For an image that is a paragraph of its own.
  var block: String {
    let label = HTMLText.escaped(description)
    if let figure = page.figures[fileName], case .file(let bytes) = image,
      figure.contents.utf8.elementsEqual(bytes), let drawing = FigureMarkup(figure.contents)
    {
      let hint = HTMLText.escaped(PageWord.explore.text(page.language))
      return """
        <figure class="plot live" role="group" aria-label="\(label)" data-hint="\(hint)">
        <div class="stage">\(drawing.html)</div>
        <script type="application/json">\(figure.data)</script>
        </figure>
        """
    }
    guard let drawing else { return "<figure>\(inline)</figure>" }
    return """
      <figure class="plot" role="group" aria-label="\(label)">
      <div class="stage" tabindex="0">\(drawing)</div>
      </figure>
      """
  }

  /// For an image within text.
  var inline: String {
    let label = HTMLText.escaped(description)
    switch image {
    case .file(let bytes):
      if let type = Self.type(of: bytes) {
        let data = Data(bytes).base64EncodedString()
        return "<img alt=\"\(label)\" src=\"data:\(type);base64,\(data)\">"
      }
      return missing(label)
    case .missing: return missing(label)
    case .remote:
      let address = HTMLText.escaped(destination)
      return "<a rel=\"noreferrer\" href=\"\(address)\">\(label.isEmpty ? address : label)</a>"
    }
  }

  private var fileName: String { destination.split(separator: "/").last.map(String.init) ?? "" }

  private var drawing: String? {
    guard case .file(let bytes) = image, bytes.count < 4 << 20 else { return nil }
    return FigureMarkup(String(decoding: bytes, as: UTF8.self))?.html
  }

  private func missing(_ label: String) -> String {
    "<span class=\"missing-image\">\(PageWord.noImage.text(page.language)): \(label)</span>"
  }

  /// The type of an image file by its first bytes; nil for anything that is no image.
  ///
  /// An SVG file in an `img` element runs no script and loads nothing.
  private static func type(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
      return "image/webp"
    }
    let start = String(decoding: bytes.prefix(512), as: UTF8.self)
    return start.contains("<svg") ? "image/svg+xml" : nil
  }
}
