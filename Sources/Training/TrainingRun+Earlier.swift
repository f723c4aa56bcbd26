import Records

extension TrainingRun {
  /// Continues where a run of fewer steps ended that was otherwise this one.
  ///
  /// - Returns: whether there is such a state; else weights have any values.
  func continueEarlier() -> Bool {
    guard let earlier, let header = SavedStepFile(path: earlier.path).header(key: earlier.key),
      header.step <= steps, take(SavedStepFile(path: earlier.path), key: earlier.key)
    else { return false }
    // The last step of the shorter run was evaluated as such.
    if let every = job.evaluateEvery {
      progress.evaluations = progress.evaluations.mapValues { points in
        points.filter { $0.step.isMultiple(of: every) || $0.step == steps }
      }
    }
    continuedFrom = progress.step
    return true
  }

  /// Keeps the state after the last step for longer runs, unless it is larger than that or a
  /// later one is kept.
  ///
  /// - Throws: `TrainingFault.notSaved`.
  public func keepLastStep(largest: Int) throws(TrainingFault) {
    guard let earlier, savedRegions.map(\.count).reduce(0, +) <= largest else { return }
    let kept = SavedStepFile(path: earlier.path).header(key: earlier.key)?.step ?? 0
    guard kept < progress.step else { return }
    try save(to: earlier, seconds: progress.seconds)
  }
}

extension SavedSteps {
  /// The step that is saved, if its file begins well; whether all of it is whole is not looked at.
  public var step: Int? { SavedStepFile(path: path).header(key: key)?.step }
}
