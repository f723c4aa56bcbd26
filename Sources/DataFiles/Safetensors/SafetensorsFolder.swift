import FoundationEssentials

/// The weights in a model's folder: `model.safetensors`, or shards that
/// `model.safetensors.index.json` lists.
public struct SafetensorsFolder: Sendable {
  /// The files in the order of their names.
  public let files: [SafetensorsFile]
  private let places: [String: Int]

  /// Opens the folder's files and checks their headers.
  ///
  /// - Throws: `DataFileError` with a `SafetensorsFault` or a `BytesFault`.
  public init(path: String) throws(DataFileError) {
    try self.init(name: path) { name throws(DataFileError) in
      let file = "\(path)/\(name)"
      guard FileManager.default.fileExists(atPath: file) else { return nil }
      return try FileBytes(path: file)
    }
  }

  /// Opens files through a function, so that a caller decides what may be read.
  ///
  /// - Parameters:
  ///   - name: what messages call the folder.
  ///   - open: opens a file of the folder; nil where there is none.
  /// - Throws: `DataFileError`.
  public init(
    name: String, open: (String) throws(DataFileError) -> FileBytes?
  ) throws(DataFileError) {
    if let bytes = try open("model.safetensors") {
      files = [try SafetensorsFile(bytes)]
      places = Dictionary(uniqueKeysWithValues: files[0].tensorNames.map { ($0, 0) })
      return
    }
    guard let bytes = try open("model.safetensors.index.json") else {
      throw DataFileError(file: name, fault: SafetensorsFault.noWeights)
    }
    let map = try Self.weightMap(bytes)
    let shards = Set(map.values).sorted()
    var files: [SafetensorsFile] = []
    for shard in shards { files.append(try Self.file(shard, of: bytes.name, open: open)) }
    self.files = files
    places = try Self.places(of: map, shards: shards, files: files, index: bytes.name)
  }

  private static func weightMap(_ bytes: FileBytes) throws(DataFileError) -> [String: String] {
    struct Index: Decodable {
      var weightMap: [String: String]
      enum CodingKeys: String, CodingKey { case weightMap = "weight_map" }
    }
    let json = Data(try bytes.allBytes())
    do {
      return try JSONDecoder().decode(Index.self, from: json).weightMap
    } catch {
      throw bytes.error(SafetensorsFault.index(reason: jsonReason(error)))
    }
  }

  private static func file(
    _ shard: String, of index: String, open: (String) throws(DataFileError) -> FileBytes?
  ) throws(DataFileError) -> SafetensorsFile {
    let isPlain =
      !shard.isEmpty && shard != "." && shard != ".."
      && !shard.utf8.contains { byte in
        byte == UInt8(ascii: "/") || byte == 0
      }
    guard isPlain, let bytes = try open(shard) else {
      throw DataFileError(file: index, fault: SafetensorsFault.shardPath(shard))
    }
    return try SafetensorsFile(bytes)
  }

  private static func places(
    of map: [String: String], shards: [String], files: [SafetensorsFile], index: String
  ) throws(DataFileError) -> [String: Int] {
    let numbers = Dictionary(uniqueKeysWithValues: shards.enumerated().map { ($1, $0) })
    var places: [String: Int] = [:]
    for (tensor, shard) in map.sorted(by: { $0.key < $1.key }) {
      guard let number = numbers[shard], files[number][tensor] != nil else {
        throw DataFileError(
          file: index, fault: SafetensorsFault.notInShard(tensor: tensor, shard: shard))
      }
      places[tensor] = number
    }
    return places
  }

  /// The tensors' names, sorted.
  public var tensorNames: [String] { places.keys.sorted() }

  /// A tensor by name; nil where there is none.
  public subscript(name: String) -> SafetensorsFile.Tensor? {
    places[name].flatMap { files[$0][name] }
  }

  /// A weight's numbers as f32.
  ///
  /// - Throws: `DataFileError` with a `SafetensorsFault`, a `BytesFault`, or a `ValueFault` where one
  ///   is not finite.
  public func floats(named name: String) throws(DataFileError) -> [Float] {
    guard let place = places[name] else {
      throw DataFileError(
        file: files.first?.name ?? "",
        fault: SafetensorsFault.unknownTensor(name, known: tensorNames))
    }
    let (file, values) = (files[place], try files[place].floats(named: name))
    if let offset = values.firstNonFinite {
      let index = ValuePlace.index(of: offset, in: file[name]?.shape ?? [])
      throw DataFileError(
        file: file.name,
        fault: ValueFault.notFinite(
          what: "a weight", value: values[offset], place: .tensor(name, index: index)))
    }
    return values
  }
}
