import GRDB

/// What the time of an operation depends on besides the operation.
public struct MachineSetup: Hashable, Sendable {
  /// The processor's name.
  public var processor: String
  /// The instruction set of the kernels.
  public var kernels: String
  /// Worker threads.
  public var threads: Int

  /// Names a setup.
  public init(processor: String, kernels: String, threads: Int) {
    self.processor = processor
    self.kernels = kernels
    self.threads = threads
  }
}

extension MachineSetup {
  init(row: Row) throws {
    self.init(
      processor: try row.value("processor"), kernels: try row.value("kernels"),
      threads: try row.value("threads"))
  }
}
