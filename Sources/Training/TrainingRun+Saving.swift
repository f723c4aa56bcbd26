import Checkpointing
import DataFiles
import ModelGraph

extension TrainingRun {
  /// Regions that a step is saved as.
  var savedRegions: [UnsafeMutableRawBufferPointer] {
    [training.arena.bytes(of: .parameters), training.arena.bytes(of: .optimizer)]
  }

  /// Saves the run as it is after the last step.
  ///
  /// - Parameter seconds: of the whole run so far.
  func save(to saved: SavedSteps, seconds: Double) throws(TrainingFault) {
    let header = SavedStepFile.Header(
      key: saved.key, step: progress.step, lossBits: progress.losses.map(\.bitPattern),
      evaluations: progress.evaluations, times: progress.times, seconds: seconds,
      measuredPeak: measuredPeak,
      gradientDigest: progress.gradientDigest, byteCounts: savedRegions.map(\.count))
    do throws(SystemFault) {
      try SavedStepFile(path: saved.path).write(
        header, regions: savedRegions.map { UnsafeRawBufferPointer($0) })
    } catch {
      throw .notSaved(.step, path: saved.path, .system(error))
    }
  }

  /// Continues from the saved step, if there is one of this run.
  ///
  /// - Returns: whether there was; else weights have any values.
  func restore() -> Bool {
    guard let saved else { return false }
    return take(SavedStepFile(path: saved.path), key: saved.key)
  }

  /// Takes weights, optimizer state and measurements from a file; false where they don't fit.
  func take(_ file: SavedStepFile, key: String) -> Bool {
    guard let header = file.read(key: key, regions: savedRegions), header.step <= steps else {
      return false
    }
    progress.step = header.step
    progress.losses = header.lossBits.map(Float.init(bitPattern:))
    progress.evaluations = header.evaluations
    progress.times = header.times
    progress.seconds = header.seconds
    progress.measuredPeak = header.measuredPeak
    progress.gradientDigest = header.gradientDigest
    return true
  }

  /// Removes the saved step once the result is stored elsewhere.
  public func discardSavedStep() {
    guard let saved else { return }
    SavedStepFile(path: saved.path).remove()
  }

  /// Draws the first weights: each parameter from a stream of its own.
  ///
  /// - Throws: `TrainingFault.data` where the weights' file was changed.
  func initializeParameters() throws(TrainingFault) {
    let program = training.program
    for (index, parameter) in program.parameters.enumerated() {
      let values = training.arena.bytes(parameter.slot).bindMemory(to: Float.self)
      guard let base = values.baseAddress else { continue }
      kernels.draw(
        program.initializations[index], into: base, count: values.count,
        seed: UInt64(bitPattern: Int64(job.seed)), parameter: index)
      guard let weights else { continue }
      do throws(DataFileError) {
        guard let given = try weights.values(parameter.descriptor.name) else { continue }
        precondition(given.count == values.count, "weights are checked against the model's shapes")
        _ = values.update(fromContentsOf: given)
      } catch {
        throw .data(error)
      }
    }
    for (statistic, law) in zip(program.statistics, program.statisticInitializations) {
      let values = training.arena.bytes(statistic.slot).bindMemory(to: Float.self)
      guard let base = values.baseAddress else { continue }
      kernels.draw(law, into: base, count: values.count, seed: 0, parameter: 0)
    }
    let state = training.arena.bytes(of: .optimizer)
    state.initializeMemory(as: UInt8.self, repeating: 0)
  }
}
