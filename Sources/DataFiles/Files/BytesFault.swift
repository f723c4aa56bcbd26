/// Why a file's bytes can't be had.
public enum BytesFault: DataFileFault, Hashable {
  /// The system refused; `reason` is its own word.
  case unreadable(reason: String)
  /// A folder, a device, a pipe or a socket.
  case notRegular
  /// Another program changed the file after it was opened.
  case changed(byteCount: Int, was: Int)
  /// Bytes beyond the file's end were asked for.
  case outside(offset: Int, count: Int, byteCount: Int)
}

extension BytesFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .unreadable: "unreadable"
    case .notRegular: "not-regular"
    case .changed: "changed-meanwhile"
    case .outside: "truncated"
    }
  }

  /// Where in the file.
  public var place: String? {
    if case .outside(let offset, _, _) = self { "byte \(offset)" } else { nil }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .unreadable(let reason): "can't be read: \(reason)"
    case .notRegular: "is not a regular file"
    case .changed(let count, let was) where count == was: "changed while it was being read"
    case .changed(let count, let was):
      "changed while it was being read: it has \(count) bytes and had \(was)"
    case .outside(_, let count, let byteCount):
      "\(count) bytes are needed here, but the file has only \(byteCount)"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .changed: ["run again when nothing writes to the file"]
    case .outside: ["the file seems to be cut off: fetch it again"]
    case .unreadable, .notRegular: []
    }
  }
}
