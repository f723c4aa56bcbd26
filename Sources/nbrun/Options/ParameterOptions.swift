public import ArgumentParser
import Diagnostics
public import Experiment
import Runner

/// What a run takes instead of what the notebook says.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: [.customShort("P"), .customLong("param")],
    help: ArgumentHelp("Give a parameter a value for this run.", valueName: "name=value"))
  var given: [String] = []

  @Option(
    name: .customLong("params"),
    help: ArgumentHelp("Read parameters from a YAML or JSON file.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []

  @Option(help: ArgumentHelp("Worker threads, instead of the notebook's.", valueName: "n"))
  var threads: Int?

  @Option(help: "Kernels, instead of the notebook's.")
  var numerics: Settings.Numerics?

  @Option(
    help: ArgumentHelp(
      "What a training run may reserve, instead of the notebook's limit: 900MiB.",
      valueName: "size"),
    transform: byteSize)
  var memoryLimit: Int?

  @Option(
    help: ArgumentHelp(
      "What plans weigh recomputation by, instead of the notebook's setting: fixed speeds, or the "
        + "measured times of this machine."))
  var cost: CostSource?

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes 1 to 256, not \(threads)")
    }
  }

  /// The settings that win over the notebook's.
  var settings: SettingsOverrides {
    SettingsOverrides(threads: threads, numerics: numerics, memoryLimit: memoryLimit, cost: cost)
  }

  /// The parameters: those of files first, so that `-P` wins.
  ///
  /// - Throws: `RunFault.invalid` or `.unreadable`.
  func overrides() throws(RunFault) -> [ParameterOverride] {
    var overrides: [ParameterOverride] = []
    for file in files { overrides += try ParameterOverride.read(file: file) }
    for argument in given {
      guard let override = ParameterOverride(argument: argument) else {
        throw .invalid([
          Diagnostic(
            code: "invalid-parameter", message: "-P takes name=value, not '\(argument)'",
            source: "nbrun", notes: ["for example: -P steps=100"])
        ])
      }
      overrides.append(override)
    }
    return overrides
  }
}

extension Settings.Numerics: ExpressibleByArgument {}
extension CostSource: ExpressibleByArgument {}

/// Reads a size such as `900MiB`.
@Sendable func byteSize(_ text: String) throws -> Int {
  guard let bytes = ByteSize.parse(text), bytes > 0 else {
    throw ValidationError("'\(text)' is not a size; write it like 900MiB or 2GiB")
  }
  return bytes
}
