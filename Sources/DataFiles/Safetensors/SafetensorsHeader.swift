import FoundationEssentials

/// The header of a safetensors file: JSON after its length in 8 bytes, before the tensors' data.
///
/// The format: https://github.com/huggingface/safetensors#format; like its reference reader, this
/// one insists that tensors cover the data without overlap or hole.
struct SafetensorsHeader {
  /// The largest header that the reference implementation reads.
  static let largest = 100_000_000

  static let types: [String: NumberType] = [
    "BOOL": .bool, "U8": .u8, "I8": .i8, "U16": .u16, "I16": .i16, "U32": .u32, "I32": .i32,
    "U64": .u64, "I64": .i64, "F16": .f16, "BF16": .bf16, "F32": .f32, "F64": .f64,
  ]

  /// Where the data begins in the file.
  let dataOffset: Int
  /// The tensors in the order of their data.
  let tensors: [SafetensorsFile.Tensor]
  /// What the writer noted.
  let metadata: [String: String]

  init(_ bytes: FileBytes) throws(DataFileError) {
    guard bytes.count >= 8 else {
      throw bytes.error(SafetensorsFault.noHeaderLength(byteCount: bytes.count))
    }
    let claimed = UInt64(littleEndian: try bytes.numbers(at: 0, count: 1, as: UInt64.self)[0])
    let available = min(bytes.count - 8, Self.largest)
    guard let length = Int(exactly: claimed), length <= available else {
      throw bytes.error(SafetensorsFault.headerLength(claimed, available: available))
    }
    let json = try bytes.bytes(at: 8, count: length)
    let dataOffset = 8 + length
    self.dataOffset = dataOffset
    (tensors, metadata) = try bytes.checking { () throws(SafetensorsFault) in
      let content = try Self.decode(json)
      let tensors = try Self.placed(content.entries, available: bytes.count - dataOffset)
      return (tensors, content.metadata)
    }
  }

  private static func decode(_ json: [UInt8]) throws(SafetensorsFault) -> Content {
    guard json.first == UInt8(ascii: "{") else {
      throw .header(reason: "it does not begin with '{'")
    }
    do {
      return try JSONDecoder().decode(Content.self, from: Data(json))
    } catch {
      throw .header(reason: jsonReason(error))
    }
  }

  /// Checks each entry by itself, then that all of them tile the data.
  private static func placed(
    _ entries: [String: Entry], available: Int
  ) throws(SafetensorsFault) -> [SafetensorsFile.Tensor] {
    var tensors: [SafetensorsFile.Tensor] = []
    for (name, entry) in entries {
      tensors.append(try tensor(name, entry, available: available))
    }
    tensors.sort { ($0.begin, $0.byteCount, $0.name) < ($1.begin, $1.byteCount, $1.name) }
    var end = 0
    var previous = ""
    for tensor in tensors {
      guard tensor.begin >= end else {
        throw .overlap(tensor: tensor.name, other: previous, offset: tensor.begin)
      }
      guard tensor.begin == end else { throw .hole(begin: end, end: tensor.begin) }
      end = tensor.begin + tensor.byteCount
      previous = tensor.name
    }
    guard end == available else { throw .hole(begin: end, end: available) }
    return tensors
  }

  private static func tensor(
    _ name: String, _ entry: Entry, available: Int
  ) throws(SafetensorsFault) -> SafetensorsFile.Tensor {
    guard let type = types[entry.dtype] else {
      throw .unknownType(tensor: name, type: entry.dtype)
    }
    guard entry.offsets.count == 2 else {
      throw .header(reason: "the data_offsets of '\(name)' are not two numbers")
    }
    let (begin, end) = (entry.offsets[0], entry.offsets[1])
    guard 0 <= begin, begin <= end, end <= available else {
      throw .offsets(tensor: name, begin: begin, end: end, available: available)
    }
    guard let count = elementCount(of: entry.shape),
      let needs = elementCount(of: [count, type.byteCount])
    else { throw .shape(tensor: name, entry.shape) }
    guard needs == end - begin else {
      throw .byteCount(tensor: name, needs: needs, has: end - begin)
    }
    return SafetensorsFile.Tensor(name: name, type: type, shape: entry.shape, begin: begin)
  }
}

extension SafetensorsHeader {
  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  private struct Content: Decodable {
    var entries: [String: Entry] = [:]
    var metadata: [String: String] = [:]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: JSONName.self)
      for key in container.allKeys {
        if key.stringValue == "__metadata__" {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
      }
    }
  }
}
