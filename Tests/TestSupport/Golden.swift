import Foundation
public import Testing

/// Expects a whole output to equal the recorded file `Goldens/<name>` beside the test's file.
///
/// With `NBRUN_RECORD=1` in the environment the file is written instead, and the test fails, so
/// that a recording is never taken for a check.
public func expectGolden(
  _ actual: String, named name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let url = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Goldens").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["NBRUN_RECORD"] == "1" {
    record(actual, at: url, sourceLocation: sourceLocation)
    return
  }
  guard let data = try? Data(contentsOf: url) else {
    Issue.record(
      "no golden file Goldens/\(name): record it with NBRUN_RECORD=1, then read it",
      sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: data, as: UTF8.self)
  guard expected.utf8.elementsEqual(actual.utf8) == false else { return }
  Issue.record(
    "\(firstDifference(expected, actual)) in Goldens/\(name); whole output:\n\(actual)",
    sourceLocation: sourceLocation)
}

private func record(_ text: String, at url: URL, sourceLocation: SourceLocation) {
  do {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    Issue.record(
      "recorded Goldens/\(url.lastPathComponent): read it, then run without NBRUN_RECORD",
      sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, "could not record", sourceLocation: sourceLocation)
  }
}

private func firstDifference(_ expected: String, _ actual: String) -> String {
  let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let same = zip(expected, actual).prefix { $0 == $1 }.count
  let wanted = same < expected.count ? "'\(expected[same])'" : "no more lines"
  let got = same < actual.count ? "'\(actual[same])'" : "no more lines"
  return "line \(same + 1): expected \(wanted), got \(got)"
}
