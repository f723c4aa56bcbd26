extension BodyReader {
  private static let plotKeys = [
    "kind", "query", "sql", "scope", "cells", "metric", "x", "y", "series", "log", "title",
    "x_label", "y_label", "size", "legend",
  ]

  /// A plot directive.
  func plot(_ node: YAMLNode) -> PlotCell? {
    guard
      let keys = mapping(node, DirectiveKind.plot.owner, keys: Self.plotKeys, place: place)
    else { return nil }
    let kinds = PlotCell.Kind.allCases.map(\.rawValue)
    let kind =
      keys["kind"].flatMap { word($0, "kind", among: kinds) }.flatMap(PlotCell.Kind.init) ?? .line
    let legend = keys["legend"].flatMap { flag($0, "legend") }
    let size = keys["size"].map(size) ?? [720, 360]
    guard let source = plotSource(keys) else { return nil }
    return PlotCell(
      kind: kind, source: source, x: keys["x"].flatMap { placedTexts($0, "x").first },
      y: keys["y"].map { placedTexts($0, "y") } ?? [],
      series: keys["series"].flatMap { placedTexts($0, "series").first },
      logarithmic: keys["log"].map(axes) ?? [],
      title: keys["title"].flatMap { text($0, "title") },
      xLabel: keys["x_label"].flatMap { text($0, "x_label") },
      yLabel: keys["y_label"].flatMap { text($0, "y_label") }, size: size, hasLegend: legend)
  }

  private func plotSource(_ keys: KeyedValues) -> PlotCell.Source? {
    let given = ["query", "sql", "cells"].filter { keys[$0] != nil }
    switch given {
    case ["query"]: return keys.cell("query", [.query]).map { .query($0) }
    case ["sql"], ["sql", "cells"]:
      let cells = keys["cells"].map { measuredCells($0) } ?? []
      let scope = scope(keys)
      return keys["sql"].flatMap(placedText).map { .sql($0, scope, cells: cells) }
    case ["cells"]:
      let cells = keys["cells"].map { measuredCells($0) } ?? []
      guard let metric = keys["metric"] else { return valueSource(keys, cells) }
      for key in ["x", "y", "series"] where keys[key] != nil {
        note(.conflictingKeys(["metric", key], owner: keys.owner), at: keys.keyRange(key))
      }
      return .series(cells: cells, metrics: metrics(of: metric))
    case []:
      note(.missingOneOf(["query", "sql", "cells"], owner: keys.owner), at: place)
      return nil
    default:
      note(.conflictingKeys(given, owner: keys.owner), at: keys.keyRange(given[1]))
      return nil
    }
  }

  private func valueSource(_ keys: KeyedValues, _ cells: [String]) -> PlotCell.Source? {
    guard keys["y"] != nil else {
      note(.missingOneOf(["metric", "y"], owner: keys.owner), at: place)
      return nil
    }
    return .values(cells: cells)
  }

  /// Series of training runs; whether the plotted cells record them is known once those are.
  private func metrics(of node: YAMLNode) -> [PlacedText] {
    texts(node, "metric").map { text, range in
      trace?.note(.name(words: ValueNames.series, pattern: ValueNames.countedSeries), at: range)
      return PlacedText(text, at: range)
    }
  }

  /// Names with their places; a single one stands for a list of it.
  private func placedTexts(_ node: YAMLNode, _ what: String) -> [PlacedText] {
    texts(node, what).map { PlacedText($0.text, at: $0.range) }
  }

  /// `x`, `y` or `[x, y]`.
  private func axes(_ node: YAMLNode) -> Set<PlotCell.Axis> {
    let nodes = node.scalar == nil ? items(node, "log") ?? [] : [node]
    let names = PlotCell.Axis.allCases.map(\.rawValue)
    return Set(
      nodes.compactMap { word($0, "axis", among: names) }.compactMap(PlotCell.Axis.init))
  }

  /// `[width, height]` in pixels.
  private func size(_ node: YAMLNode) -> [Int] {
    let sides = (items(node, "size") ?? []).compactMap { integer($0, "size", 160...4000) }
    if case .sequence(let items) = node.content, items.count != 2 {
      wrongType(node, "size", expected: "[width, height]")
    }
    return sides.count == 2 ? sides : [720, 360]
  }
}
