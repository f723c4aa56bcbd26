import Glibc
import Runner

/// Notebooks as the command line names them; `-` is the standard input, read once.
struct StandardInput {
  private(set) var inputs: [NotebookInput] = []

  /// Reads the standard input if it is named.
  init(naming files: [String]) throws(RunFault) {
    var bytes: [UInt8]?
    for file in files {
      guard file == "-" else {
        inputs.append(.file(file))
        continue
      }
      if bytes == nil { bytes = try Self.read() }
      inputs.append(.bytes(bytes ?? []))
    }
  }

  private static func read() throws(RunFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .unreadable(name: "<stdin>", reason: String(cString: strerror(errno)))
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
