/// What can be wrong with an IDX file.
public enum IDXFault: DataFileFault, Hashable {
  /// The file does not begin with two zero bytes, a type and a number of dimensions.
  case notIDX
  /// The file is compressed by gzip.
  case compressed
  /// A code of a type that does not exist.
  case type(Int)
  /// The file ends within its sizes.
  case sizes(dimensions: Int, byteCount: Int)
  /// A product of sizes beyond what can be counted.
  case shape([Int])
  /// Fewer or more bytes of data than the sizes need.
  case byteCount(needs: Int, has: Int)
}

extension IDXFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .notIDX: "not-idx"
    case .compressed: "compressed"
    case .type: "unknown-type"
    case .sizes, .byteCount: "truncated"
    case .shape: "misshaped-array"
    }
  }

  /// Where in the file.
  public var place: String? {
    switch self {
    case .notIDX, .compressed: "byte 0"
    case .type: "byte 2"
    case .sizes, .shape: "byte 4"
    case .byteCount(let needs, let has): has < needs ? "end" : nil
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .notIDX: "this is no IDX file: it has to begin with two zero bytes"
    case .compressed: "the file is compressed"
    case .type(let code): "unknown type 0x\(String(code, radix: 16))"
    case .sizes(let dimensions, let count):
      "\(dimensions) sizes need \(4 + 4 * dimensions) bytes, but the file has \(count)"
    case .shape(let shape): "an array can't have the shape \(shape)"
    case .byteCount(let needs, let has): "the sizes need \(needs) bytes, but \(has) follow"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .compressed: ["uncompress it with 'gunzip --keep'"]
    case .type: ["types: 0x8 u8, 0x9 i8, 0xb i16, 0xc i32, 0xd f32, 0xe f64"]
    case .notIDX: ["MNIST's files are IDX: 'train-images-idx3-ubyte'"]
    case .sizes, .shape, .byteCount: ["the file seems to be cut off: fetch it again"]
    }
  }
}
