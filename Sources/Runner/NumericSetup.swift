public import Experiment
public import Kernels
public import Records

/// The kernels of a run and what its numbers depend on besides its inputs.
public struct NumericSetup: Sendable {
  /// The kernels.
  public let kernels: Kernels
  /// What a record is stored under.
  public let environment: EnvironmentRecord

  /// Chooses kernels for a notebook's settings.
  ///
  /// - Throws: `RunFault.kernels` on a processor without them.
  public init(_ settings: Settings) throws(RunFault) {
    do throws(KernelsUnavailable) {
      kernels = try Kernels(
        instructionSet: settings.numerics == .portable ? .avx2 : .automatic,
        threads: settings.threads ?? Self.defaultThreads)
    } catch {
      throw .kernels(error.description)
    }
    environment = EnvironmentRecord(
      numerics: settings.numerics.rawValue, kernels: kernels.instructionSet.rawValue,
      threads: kernels.threads, engine: Engine.version)
  }

  /// One thread a core that this process may use, eight at most: more share memory's speed.
  public static var defaultThreads: Int { min(8, availableCores()) }
}
