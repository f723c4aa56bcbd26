import Checkpointing
import DataFiles
import Records

/// A file of the weights that a training run ended with.
///
/// It is a saved step without an optimizer: whole or absent, and told apart by its key.
public struct SavedWeights: Hashable, Sendable {
  /// The file.
  public var path: String
  /// The run that made it, and the numeric environment that it ran in.
  public var key: String

  /// Names a file of weights.
  public init(path: String, key: String) {
    self.path = path
    self.key = key
  }

  /// Whether the file is there, whole, and that run's.
  public var isWhole: Bool { SavedStepFile(path: path).isWhole(key: key) }

  func write(_ weights: UnsafeRawBufferPointer, step: Int) throws(TrainingFault) {
    let header = SavedStepFile.Header(
      key: key, step: step, lossBits: [], evaluations: [:], times: [], seconds: 0,
      measuredPeak: nil, byteCounts: [weights.count])
    do throws(SystemFault) {
      try SavedStepFile(path: path).write(header, regions: [weights])
    } catch {
      throw .notSaved(.weights, path: path, .system(error))
    }
  }

  /// Reads the weights into a program's memory.
  func read(into weights: UnsafeMutableRawBufferPointer) throws(TrainingFault) {
    guard SavedStepFile(path: path).read(key: key, regions: [weights]) != nil else {
      throw .noWeights(path: path)
    }
  }
}

extension TrainingRun {
  /// Keeps the weights as they are, for evaluations and generations.
  ///
  /// - Throws: `TrainingFault.notSaved`.
  public func keepWeights(in file: SavedWeights) throws(TrainingFault) {
    try file.write(
      UnsafeRawBufferPointer(training.arena.bytes(of: .parameters)), step: progress.step)
  }
}
