import Records

extension Page {
  /// The figure, and its values folded where they are few; what another run may measure
  /// differently goes to the other page.
  mutating func add(_ plot: PlotSummary, of record: Record, times: inout Page) {
    guard plot.isVolatile else {
      addPlot(plot, of: record)
      return
    }
    add(word(.seeTimes))
    times.addPlot(plot, of: record)
  }

  private mutating func addPlot(_ plot: PlotSummary, of record: Record) {
    guard let figure = Figure.plot(of: record) else {
      add(word(.noRows))
      return
    }
    let names = plot.series.map { PlotAxis.shortened($0.name) }.joined(separator: ", ")
    add(figure, description: "\(plot.title): \(plot.y.title), \(plot.x.title); \(names)")
    if plot.omitted > 0 { add("\(word(.valuesOmitted)): \(Format.count(plot.omitted))") }
    let count = plot.series.map(\.points.count).reduce(0, +)
    if count <= 60 { add(folded: .plottedValues, table(of: plot)) }
  }

  private func table(of plot: PlotSummary) -> Table {
    let horizontal = PlotAxis(
      plot.x, values: plot.series.flatMap { $0.points.map(\.x) })
    let vertical = PlotAxis(plot.y, values: plot.series.flatMap { $0.points.map(\.y) })
    return Table(
      columns: [
        .text(.plain(word(.series))),
        plot.x.categories == nil
          ? .number(.plain(horizontal.axis.title)) : .text(.plain(horizontal.axis.title)),
        .number(.plain(vertical.axis.title)),
      ],
      rows: plot.series.flatMap { series in
        series.points.map { point in
          let name = plot.x.categories.flatMap { names -> String? in
            let index = Int(point.x)
            return names.indices.contains(index) ? names[index] : nil
          }
          return [
            .code(series.name), .plain(name ?? horizontal.label(point.x)),
            .plain(vertical.label(point.y)),
          ]
        }
      })
  }
}
