import Glibc

/// The socket between a run and a cell's process.
enum JobSocket {
  /// Sends all of some bytes; false where the other side is gone, which raises no signal.
  static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.send(socket, Array(rest), rest.count, Int32(MSG_NOSIGNAL))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
