import Checkpointing
public import DataFiles
import ModelGraph

/// What a model begins with where it is not drawn, such as weights that were trained before.
public struct InitialWeights: Sendable {
  /// A parameter's values by its name, row after row; nil draws them.
  let values: @Sendable (_ parameter: String) throws(DataFileError) -> [Float]?

  /// Takes weights from a function that is asked once for each parameter.
  public init(values: @escaping @Sendable (_ parameter: String) throws(DataFileError) -> [Float]?) {
    self.values = values
  }
}

extension TrainingRun {
  /// The parameters' values as they are now, row after row; empty for an unknown name.
  public func values(ofParameter name: String) -> [Float] {
    guard
      let parameter = training.program.parameters.first(where: { $0.descriptor.name == name })
    else { return [] }
    return Array(training.arena.bytes(parameter.slot).bindMemory(to: Float.self))
  }
}
