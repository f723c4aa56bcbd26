import Diagnostics
public import Experiment

extension ParameterOverride {
  /// Reads a parameter file, YAML or JSON.
  ///
  /// - Throws: `RunFault.unreadable`, `.invalid` with all that is wrong.
  public static func read(file: String) throws(RunFault) -> [ParameterOverride] {
    let text = try NotebookFile(name: file)
    let result = read(SourceText(name: file, bytes: text.bytes))
    guard result.diagnostics.isEmpty else { throw .invalid(result.diagnostics) }
    return result.overrides
  }
}
