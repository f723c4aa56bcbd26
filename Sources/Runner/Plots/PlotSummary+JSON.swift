import Records

extension PlotSummary {
  /// The plotted values for programs.
  var json: JSONValue {
    .object([
      ("kind", .string(kind.rawValue)), ("title", .string(title)), ("x", .string(x.title)),
      ("y", .string(y.title)), ("categories", x.categories.map { .strings($0) } ?? .null),
      (
        "series",
        .array(
          series.map { series in
            .object([
              ("name", .string(series.name)),
              (
                "points",
                .array(series.points.map { .array([.double($0.x), .double($0.y)]) })
              ),
            ])
          })
      ),
    ])
  }
}
