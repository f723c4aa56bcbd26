import Glibc

/// The file that a report goes to.
struct ReportFile {
  /// Where it is.
  let path: String

  /// Writes the report over what is there.
  func write(_ text: String) throws(BenchmarkFault) {
    guard let file = fopen(path, "w") else {
      throw .unwritten(path: path, errorNumber: errno)
    }
    let written = fputs(text, file) >= 0
    guard fclose(file) == 0, written else {
      throw .unwritten(path: path, errorNumber: errno)
    }
  }
}
