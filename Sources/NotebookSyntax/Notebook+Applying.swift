import Diagnostics

extension Notebook {
  /// The notebook's bytes with regions written and values set.
  ///
  /// A missing region is inserted below its directive after one blank line, an existing one is
  /// replaced from marker to marker, one without a body is removed together with the blank lines
  /// above it. Each line gets the prefix of the directive's lists and quotes and the line ending
  /// of the directive's own lines. Every other byte stays: a final line ending is neither added nor
  /// taken, and removing what was inserted gives the bytes back. Applying the same again changes
  /// nothing.
  ///
  /// A body that could break out of its region is changed: see `RegionUpdate.body`. Ids and
  /// references that the notebook does not have are passed over; of several updates of one region
  /// the last counts. A notebook with errors stays as it is.
  ///
  /// - Parameter spans: texts by reference; references left out keep their content.
  public func applying(outputs: [RegionUpdate], spans values: [String: String] = [:]) -> [UInt8] {
    guard !hasErrors else { return source.bytes }
    let updates = Dictionary(
      outputs.map { (RegionName(kind: $0.kind, id: $0.id), $0) }, uniquingKeysWith: { $1 })
    var edits: [ByteEdit] = []
    for directive in directives {
      let writer = RegionWriter(directive, in: source)
      for kind in OutputRegion.Kind.allCases {
        guard let update = updates[RegionName(kind: kind, id: directive.id)] else { continue }
        if let edit = writer.edit(for: update) { edits.append(edit) }
      }
    }
    for span in spans {
      guard let value = values[span.reference] else { continue }
      edits.append(ByteEdit(range: span.contentRange, bytes: Array(Self.inline(value).utf8)))
    }
    return edits.applied(to: source.bytes)
  }

  /// The bytes without the output regions, the blank lines above them, and the contents of value
  /// spans: the same before and after outputs are written.
  public var textWithoutOutputs: [UInt8] {
    var edits = directives.flatMap { directive in
      let writer = RegionWriter(directive, in: source)
      return OutputRegion.Kind.allCases.compactMap { writer.removal(of: $0) }
    }
    edits += spans.map { ByteEdit(range: $0.contentRange, bytes: []) }
    return edits.applied(to: source.bytes)
  }

  /// A value as inline text that can neither end its span nor open code: on one line, with
  /// references for `<!--` and backticks.
  private static func inline(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\n", "\r": text += " "
      case "`": text += "&#96;"
      case "!" where text.hasSuffix("<"): text = String(text.dropLast()) + "&lt;!"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
