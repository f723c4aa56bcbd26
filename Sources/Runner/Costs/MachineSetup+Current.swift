import Records
import ResultStore

extension MachineSetup {
  /// This machine with the kernels of an environment.
  init(_ environment: EnvironmentRecord) {
    self.init(
      processor: Processor().name, kernels: environment.kernels, threads: environment.threads)
  }
}

extension Processor {
  /// The name that measurements of this machine are kept under.
  var name: String { model ?? "unknown" }
}
