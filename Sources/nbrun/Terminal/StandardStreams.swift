import ArgumentParser
import Diagnostics
import Glibc
import Runner

/// Ends the process with a message.
func fail(_ message: String, code: Runner.ExitCode) -> Never {
  writeToStandardError(message + "\n")
  exit(code.rawValue)
}

/// Writes all bytes to the standard output; ends the process where they can't be written.
///
/// A reader that has read enough ends it without a word, as it ends any program.
func writeToStandardOutput(_ bytes: [UInt8]) {
  guard writeAll(bytes, to: STDOUT_FILENO) else {
    if errno == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    let reason = String(cString: strerror(errno))
    fail("nbrun: the standard output can't be written: \(reason)", code: .unavailable)
  }
}

/// Writes a text to the standard output.
func writeToStandardOutput(_ text: String) { writeToStandardOutput(Array(text.utf8)) }

/// Writes a text to the standard error; a standard error that is gone is nobody's loss.
func writeToStandardError(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    // Safe: the system reads no more than the bytes that are left.
    let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    written += count
  }
  return true
}
