import Diagnostics
import Experiment
import Glibc
import Runner

/// Sees to it that OpenBLAS was loaded with the kernels that a notebook's numerics need.
///
/// OpenBLAS reads `OPENBLAS_CORETYPE` while it is loaded, so a process that needs another value
/// starts its own program anew.
enum Portability {
  private static let variable = "OPENBLAS_CORETYPE"
  private static let marker = "NBRUN_RESTARTED"

  /// Returns if this process has the kernels that the notebooks need; else starts anew.
  ///
  /// A notebook that can't be read counts as one without wishes: whoever runs it says what is wrong.
  /// - Throws: `RunFault.invalid` when some of the notebooks need portable numerics and some don't.
  static func ensure(for inputs: [NotebookInput], options: RunOptions) throws(RunFault) {
    let needed = inputs.map { requiredCore($0, options) }
    guard let core = needed.compactMap(\.self).first else { return }
    guard needed.allSatisfy({ $0 == core }) else { throw mixture(inputs, needed) }
    guard value(of: variable) != core, value(of: marker) == nil else { return }
    for case .bytes(let bytes) in inputs.prefix(1) { StandardInput.putBack(bytes) }
    restart(core)
  }

  private static func requiredCore(_ input: NotebookInput, _ options: RunOptions) -> String? {
    let numerics = options.settings.numerics ?? input.settings(options: options)?.numerics
    return numerics.flatMap(NumericSetup.requiredCoreType)
  }

  private static func mixture(_ inputs: [NotebookInput], _ needed: [String?]) -> RunFault {
    let portable = zip(inputs, needed).filter { $0.1 != nil }.map(\.0.name)
    return .invalid([
      Diagnostic(
        code: "mixed-numerics",
        message: "notebooks with portable and native numerics can't be run by one process",
        source: "nbrun", notes: ["run by themselves: \(portable.joined(separator: " "))"])
    ])
  }

  private static func restart(_ core: String) {
    let before = value(of: variable)
    setenv(variable, core, 1)
    setenv(marker, "1", 1)
    var arguments = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    execv("/proc/self/exe", arguments)
    // Only a failed start comes back: the run goes on, and its records name the kernels it has.
    arguments.forEach { free($0) }
    if let before { setenv(variable, before, 1) } else { unsetenv(variable) }
  }

  private static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
