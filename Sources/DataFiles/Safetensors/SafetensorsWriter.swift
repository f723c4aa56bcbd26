import FoundationEssentials

/// Collects f32 tensors and writes them as a safetensors file, readable by the reference library.
public struct SafetensorsWriter: Sendable {
  private struct Entry: Sendable {
    var name: String
    var shape: [Int]
    var values: [Float]
  }

  private var entries: [Entry] = []
  private var names: Set<String> = []
  private let metadata: [String: String]

  /// Starts a file.
  ///
  /// - Parameter metadata: notes of the writer; `transformers` insists on `format: pt`.
  public init(metadata: [String: String] = ["format": "pt"]) {
    self.metadata = metadata
  }

  /// Adds a tensor; data is written in the order of these calls.
  ///
  /// - Throws: `SafetensorsFault` where the name is taken or the values do not fit the shape.
  public mutating func add(
    _ name: String, shape: [Int], values: [Float]
  ) throws(SafetensorsFault) {
    guard name != "__metadata__", names.insert(name).inserted else { throw .repeatedTensor(name) }
    guard let count = elementCount(of: shape) else { throw .shape(tensor: name, shape) }
    guard count == values.count else {
      throw .valueCount(tensor: name, needs: count, has: values.count)
    }
    entries.append(Entry(name: name, shape: shape, values: values))
  }

  /// The length of the header and the header, filled up with spaces to a multiple of 8 bytes as the
  /// reference implementation does, so that the data is aligned.
  private var header: [UInt8] {
    var parts: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      parts.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    var begin = 0
    for entry in entries {
      let end = begin + entry.values.count * 4
      let shape = entry.shape.map { "\($0)" }.joined(separator: ",")
      parts.append(
        "\(quoted(entry.name)):"
          + "{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}")
      begin = end
    }
    var text = Array("{\(parts.joined(separator: ","))}".utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    var bytes = header
    for entry in entries { bytes += littleEndianBytes(of: entry.values) }
    return bytes
  }

  /// Writes the file tensor by tensor; a failed write leaves no file.
  ///
  /// - Throws: `DataFileError` with `SafetensorsFault.unwritable`.
  public func write(to path: String) throws(DataFileError) {
    do throws(SystemFault) {
      var file = try NewFile(path: path)
      try file.append(header)
      for entry in entries { try file.append(littleEndianBytes(of: entry.values)) }
      try file.finish()
    } catch {
      throw DataFileError(file: path, fault: SafetensorsFault.unwritable(reason: error.reason))
    }
  }
}

/// A JSON string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 32:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
