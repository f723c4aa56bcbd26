import Records

extension Records.Record {
  /// Recorded quantities: those of a step, then those of the whole run, whose step is nil.
  var metricRows: [(name: String, step: Int?, value: Double)] {
    let series = metrics.sorted { $0.key < $1.key }.flatMap { name, series in
      series.points.map { (name: name, step: Int?.some($0.step), value: $0.value) }
    }
    return series
      + values.compactMap { name, value in
        switch value {
        case .count(let count): (name, nil, Double(count))
        case .number(let number): (name, nil, number)
        case .bytes, .seconds, .text: nil
        }
      }
  }

  /// Sizes in bytes, such as `peak` and `reserved`.
  var memoryRows: [(name: String, bytes: Int)] {
    values.compactMap { name, value in
      guard case .bytes(let bytes) = value else { return nil }
      return (name.without(prefix: "memory."), bytes)
    }
  }

  /// Times in seconds, such as `step_median` and `total`.
  var timingRows: [(name: String, seconds: Double)] {
    values.compactMap { name, value in
      guard case .seconds(let seconds) = value else { return nil }
      return (name.without(prefix: "timing."), seconds)
    }
  }
}

extension String {
  fileprivate func without(prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
