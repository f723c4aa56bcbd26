import ArgumentParser

/// Checks a number of seconds: clocks can't count times that are much longer than 1e9.
///
/// - Throws: `ValidationError`.
func validateSeconds(_ seconds: Double, of option: String) throws {
  guard (0...1e9).contains(seconds) else {
    throw ValidationError("\(option) takes 0 to 1e9 seconds, not \(seconds)")
  }
}
