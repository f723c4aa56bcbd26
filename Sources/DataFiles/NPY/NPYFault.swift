/// What can be wrong with an NPY file.
public enum NPYFault: DataFileFault, Hashable {
  /// The file does not begin with NumPy's magic bytes and a version.
  case notNPY
  /// A version of the format that does not exist yet.
  case version(major: Int, minor: Int)
  /// The header claims more bytes than there are.
  case headerLength(Int, available: Int)
  /// The header is no Python dictionary of the three known keys; the offset is that of the file.
  case header(offset: Int, expected: String)
  /// A type that holds no numbers nbrun reads: structures, text, dates, complex numbers.
  case type(String)
  /// A product of sizes beyond what can be counted.
  case shape([Int])
  /// Fewer or more bytes of data than the shape needs.
  case byteCount(needs: Int, has: Int)
}

extension NPYFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .notNPY: "not-npy"
    case .version: "unknown-version"
    case .headerLength, .byteCount: "truncated"
    case .header: "malformed-header"
    case .type: "unknown-type"
    case .shape: "misshaped-array"
    }
  }

  /// Where in the file.
  public var place: String? {
    switch self {
    case .notNPY: "byte 0"
    case .version: "byte 6"
    case .headerLength: "byte 8"
    case .header(let offset, _): "byte \(offset)"
    case .type, .shape, .byteCount: "header"
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .notNPY: "this is no NPY file: it does not begin with '\\x93NUMPY'"
    case .version(let major, let minor): "the format's version \(major).\(minor) is not known"
    case .headerLength(let claimed, let available):
      "the header claims \(claimed) bytes, but only \(available) follow"
    case .header(_, let expected): "the header has to have \(expected) here"
    case .type(let name): "the type '\(name)' holds no plain numbers"
    case .shape(let shape): "an array can't have the shape \(shape)"
    case .byteCount(let needs, let has): "the shape needs \(needs) bytes, but \(has) follow"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .type: ["save it with .astype('float32') or an integer type"]
    case .notNPY, .version, .header: ["write it with numpy.save"]
    case .byteCount(let needs, let has) where has > needs: ["save one array a file"]
    case .headerLength, .byteCount, .shape: ["the file seems to be cut off: write it again"]
    }
  }
}
