import ArgumentParser
import Reporting

/// A tolerance as the command line gives it: `1e-6`, or `loss=1e-6` for the values of that name.
struct NamedBound: Sendable, Equatable {
  /// The value's name; nil for all that have no tolerance of their own.
  let name: String?
  /// The bound.
  let value: Double

  /// Reads an argument.
  ///
  /// - Throws: `ValidationError`.
  @Sendable init(argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let text = parts.last, let value = Double(text), value.isFinite, value >= 0,
      parts.count == 1 || !parts[0].isEmpty
    else {
      throw ValidationError(
        "'\(argument)' is no tolerance; write a number that is not negative, or name=number")
    }
    name = parts.count == 1 ? nil : String(parts[0])
    self.value = value
  }

  /// The bound for all values, and those by name; of several the last counts.
  static func bounds(
    absolute: [NamedBound], relative: [NamedBound]
  ) -> (all: Tolerances.Bound, byName: [String: Tolerances.Bound]) {
    var all = Tolerances.Bound()
    var byName: [String: Tolerances.Bound] = [:]
    func set(_ bounds: [NamedBound], _ part: WritableKeyPath<Tolerances.Bound, Double>) {
      for bound in bounds {
        if let name = bound.name {
          byName[name, default: Tolerances.Bound()][keyPath: part] = bound.value
        } else {
          all[keyPath: part] = bound.value
        }
      }
    }
    set(absolute, \.absolute)
    set(relative, \.relative)
    return (all, byName)
  }
}
