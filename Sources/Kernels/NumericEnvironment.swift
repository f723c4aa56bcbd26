import COpenBLAS

/// What the bits of results depend on besides the program: recorded with every result.
public struct NumericEnvironment: Hashable, Sendable {
  /// The instruction set of our own kernels; both sets give the same bits.
  public let instructionSet: InstructionSet
  /// The kernels that OpenBLAS chose for this CPU, such as "Haswell"; `OPENBLAS_CORETYPE` pins it.
  public let blasCore: String
  /// OpenBLAS's version and build options.
  public let blasConfiguration: String

  init(instructionSet: InstructionSet) {
    self.instructionSet = instructionSet
    blasCore = String(cString: openblas_get_corename())
    blasConfiguration = String(cString: openblas_get_config())
  }
}
