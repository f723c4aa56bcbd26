extension Graph {
  /// Whether the model surely lowers for that many examples, told from this graph of one example.
  ///
  /// Every extent grows at most linearly with the batch, so that bounds on sums tell without another
  /// lowering, which takes a while for a deep model. False means that only lowering knows.
  public func surelyLowers(batch: Int) -> Bool {
    guard self.batch == 1, (1...ModelSpec.largestExtent).contains(batch) else { return false }
    let elements = tensors.reduce(0.0) { $0 + Double($1.count) }
    var work = operations.reduce(0.0) { $0 + Double($1.kind.rule.flops) }
    if let head {
      work += 6 * Double(targetRows) * Double(predictionShape.columns) * Double(head.classes)
    }
    return elements * Double(batch) <= GraphBuilder.mostElements
      && work * Double(batch) <= GraphBuilder.mostWork / 8
  }
}
