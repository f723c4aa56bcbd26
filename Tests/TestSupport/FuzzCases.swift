import Foundation

/// The seeds of a test over random cases: as many as it has in `make test`, and in `make fuzz` so
/// many times as many as `NBRUN_FUZZ` says, from `NBRUN_FUZZ_SEED` on.
public func fuzzCases(_ count: Int) -> Range<Int> {
  let environment = ProcessInfo.processInfo.environment
  let factor = environment["NBRUN_FUZZ"].flatMap { Int($0) } ?? 1
  let start = environment["NBRUN_FUZZ_SEED"].flatMap { Int($0) } ?? 0
  return start..<(start + count * max(1, factor))
}
