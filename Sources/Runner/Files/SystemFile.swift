import Glibc

/// Files of the kernel's own file systems.
enum SystemFile {
  /// The lines of a file; none where it can't be read.
  static func lines(_ path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    // Safe: the line is getline's to make longer and ours to free, and ends with a NUL.
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, lines.count < 4096 {
      guard let line else { break }
      lines.append(String(String(cString: line).prefix { $0 != "\n" }))
    }
    return lines
  }
}
