/// A safetensors file: named tensors behind a header that is checked when the file is opened.
public struct SafetensorsFile: Sendable {
  /// A tensor of the file.
  public struct Tensor: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The type of its numbers.
    public let type: NumberType
    /// Its sizes, the last one contiguous; empty for a single number.
    public let shape: [Int]
    /// Where it begins in the file's data.
    let begin: Int

    /// How many numbers it has.
    public var count: Int { shape.reduce(1, *) }
    /// How many bytes it has.
    public var byteCount: Int { count * type.byteCount }
  }

  /// The file's tensors in the order of their data.
  public let tensors: [Tensor]
  /// What the writer noted, such as `format: pt`.
  public let metadata: [String: String]
  private let bytes: FileBytes
  private let dataOffset: Int
  private let indices: [String: Int]

  /// Opens a file and checks its header: no tensor is read.
  ///
  /// - Throws: `DataFileError` with a `SafetensorsFault` or a `BytesFault`.
  public init(path: String) throws(DataFileError) {
    try self.init(try FileBytes(path: path))
  }

  /// Checks the header of an open file.
  ///
  /// - Throws: `DataFileError` with a `SafetensorsFault` or a `BytesFault`.
  public init(_ bytes: FileBytes) throws(DataFileError) {
    self.bytes = bytes
    let header = try SafetensorsHeader(bytes)
    (tensors, metadata, dataOffset) = (header.tensors, header.metadata, header.dataOffset)
    indices = Dictionary(
      uniqueKeysWithValues: header.tensors.enumerated().map { ($1.name, $0) })
  }

  /// What messages call the file.
  public var name: String { bytes.name }

  /// The tensors' names in the order of their data.
  public var tensorNames: [String] { tensors.map(\.name) }

  /// A tensor by name; nil where there is none.
  public subscript(name: String) -> Tensor? { indices[name].map { tensors[$0] } }

  /// A tensor's numbers, not yet read.
  ///
  /// - Throws: `DataFileError` with `SafetensorsFault.unknownTensor`.
  public func elements(named name: String) throws(DataFileError) -> Elements {
    guard let tensor = self[name] else {
      throw bytes.error(SafetensorsFault.unknownTensor(name, known: tensorNames))
    }
    return Elements(
      bytes, offset: dataOffset + tensor.begin, count: tensor.count, type: tensor.type)
  }

  /// A tensor's numbers as f32, in the order of the file.
  ///
  /// - Throws: `DataFileError` with a `SafetensorsFault` or a `BytesFault`.
  public func floats(named name: String) throws(DataFileError) -> [Float] {
    try elements(named: name).floats()
  }
}
