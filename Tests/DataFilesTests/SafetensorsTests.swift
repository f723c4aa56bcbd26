import DataFiles
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  private func open(_ bytes: [UInt8]) throws(DataFileError) -> SafetensorsFile {
    try SafetensorsFile(FileBytes(bytes, name: "a.safetensors"))
  }

  /// A file of a header and so many bytes of data.
  private func file(_ header: String, data: Int) -> [UInt8] {
    let length = header.utf8.count
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private func fault(_ header: String, data: Int) -> SafetensorsFault? {
    DataFilesTests.fault(SafetensorsFault.self) { _ = try open(file(header, data: data)) }
  }

  private func integers(_ name: String, of file: SafetensorsFile) throws(DataFileError) -> [Int]? {
    let elements = try file.elements(named: name)
    return try elements.integers(0..<elements.count)
  }

  @Test("Every type that the reference library writes is read at its values")
  func types() throws {
    let file = try open(fixture("safetensors/types.safetensors"))
    let base: [Float] = [0, 1, 2, 3, 4, 5]
    #expect(try file.floats(named: "bool") == [0, 1, 0, 1, 0, 1])
    #expect(try file.floats(named: "u8") == base.map { $0 + 250 })
    #expect(try file.floats(named: "i8") == base.map { $0 - 3 })
    #expect(try integers("i16", of: file) == base.map { Int($0) * 1000 - 3000 })
    #expect(try integers("i32", of: file) == base.map { Int($0) * 100_000 - 300_000 })
    #expect(
      try integers("i64", of: file)
        == base.map { Int($0) * 1_000_000_000_000 - 3_000_000_000_000 })
    for name in ["f16", "bf16", "f32", "f64"] {
      #expect(try file.floats(named: name) == base.map { $0 / 4 - 0.5 }, "\(name)")
    }
    #expect(try file.floats(named: "scalar") == [1.5])
    #expect(try file.floats(named: "empty") == [])
    #expect(file["i64"]?.shape == [2, 3] && file["scalar"]?.shape == [])
    #expect(file.metadata == ["format": "pt", "made by": "a \"test\""])
  }

  @Test("What the writer writes are the bytes that the reference library writes")
  func writer() throws {
    var writer = SafetensorsWriter()
    try writer.add("a.weight", shape: [2, 3], values: [0, 1, 2, 3, 4, 5])
    try writer.add("b.bias", shape: [3], values: [-1, 0, 1])
    #expect(writer.bytes == (try fixture("safetensors/floats.safetensors")))
    let folder = try TemporaryDirectory()
    try writer.write(to: folder.path("model.safetensors"))
    #expect(try folder.bytes("model.safetensors") == writer.bytes)
  }

  @Test("Names with quotes, control characters and other scripts come back")
  func names() throws {
    let names = ["a\"b", "tab\t", "back\\slash", "重み", "\u{1F600}"]
    var writer = SafetensorsWriter(metadata: [:])
    for name in names { try writer.add(name, shape: [1], values: [1]) }
    #expect(try open(writer.bytes).tensorNames == names)
  }

  @Test("The writer refuses a repeated name and values that do not fill the shape")
  func writerFaults() {
    var writer = SafetensorsWriter()
    #expect(
      DataFilesTests.fault(SafetensorsFault.self) {
        try writer.add("a", shape: [2], values: [1])
      } == .valueCount(tensor: "a", needs: 2, has: 1))
    #expect(
      DataFilesTests.fault(SafetensorsFault.self) {
        try writer.add("b", shape: [.max, 2], values: [1])
      } == .shape(tensor: "b", [.max, 2]))
    #expect(
      DataFilesTests.fault(SafetensorsFault.self) {
        try writer.add("c", shape: [], values: [1])
        try writer.add("c", shape: [], values: [1])
      } == .repeatedTensor("c"))
  }

  @Test("A truncated file is refused with what is missing")
  func truncated() throws {
    let whole = try fixture("safetensors/types.safetensors")
    #expect(
      DataFilesTests.fault(SafetensorsFault.self) { _ = try open([1, 2, 3]) }
        == .noHeaderLength(byteCount: 3))
    for count in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: DataFileError.self) { try open(Array(whole.prefix(count))) }
    }
    let claims = [UInt8](repeating: 0xFF, count: 8) + [0x7B]
    #expect(
      DataFilesTests.fault(SafetensorsFault.self) { _ = try open(claims) }
        == .headerLength(.max, available: 1))
  }

  @Test("Offsets that lie are refused: outside, reversed, overlapping, with holes")
  func offsets() {
    func entry(_ begin: Int, _ end: Int, _ shape: String = "[1]") -> String {
      "{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
    }
    #expect(
      fault("{\"a\":\(entry(0, 8, "[2]"))}", data: 4)
        == .offsets(tensor: "a", begin: 0, end: 8, available: 4))
    #expect(
      fault("{\"a\":\(entry(4, 0))}", data: 4)
        == .offsets(tensor: "a", begin: 4, end: 0, available: 4))
    #expect(
      fault("{\"a\":\(entry(0, 4)),\"b\":\(entry(2, 6))}", data: 6)
        == .overlap(tensor: "b", other: "a", offset: 2))
    #expect(
      fault("{\"a\":\(entry(0, 4)),\"b\":\(entry(8, 12))}", data: 12) == .hole(begin: 4, end: 8))
    #expect(fault("{\"a\":\(entry(0, 4))}", data: 12) == .hole(begin: 4, end: 12))
    #expect(
      fault("{\"a\":\(entry(0, 4, "[3]"))}", data: 4) == .byteCount(tensor: "a", needs: 12, has: 4))
    #expect(
      fault("{\"a\":\(entry(0, 4, "[\(Int.max),4]"))}", data: 4)
        == .shape(tensor: "a", [.max, 4]))
    #expect(fault("{\"a\":\(entry(0, 4, "[-1]"))}", data: 4) == .shape(tensor: "a", [-1]))
  }

  @Test("A header that is no list of tensors is refused with its place")
  func header() {
    guard case .header(let reason)? = fault("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", data: 4)
    else {
      Issue.record("no fault")
      return
    }
    #expect(reason == "'data_offsets' is missing at 'a'")
    #expect(fault("[1]", data: 0) == .header(reason: "it does not begin with '{'"))
    #expect(
      fault("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", data: 4)
        == .unknownType(tensor: "a", type: "F8_E4M3"))
    let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(fault(deep, data: 0)?.code == "malformed-header")
  }

  @Test("Shards are read through their index, and an index that lies is refused")
  func shards() throws {
    let folder = try TemporaryDirectory()
    for (shard, name) in ["one": "a", "two": "b"] {
      var writer = SafetensorsWriter()
      try writer.add(name, shape: [2], values: [1, name == "a" ? 2 : 3])
      try writer.write(to: folder.path("\(shard).safetensors"))
    }
    func index(_ map: String) throws {
      try folder.write("model.safetensors.index.json", "{\"metadata\":{},\"weight_map\":{\(map)}}")
    }
    func fault() -> SafetensorsFault? {
      DataFilesTests.fault(SafetensorsFault.self) { _ = try SafetensorsFolder(path: folder.path) }
    }
    #expect(fault() == .noWeights)
    try index("\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"")
    let files = try SafetensorsFolder(path: folder.path)
    #expect(files.tensorNames == ["a", "b"])
    #expect(try files.floats(named: "b") == [1, 3])
    try index("\"a\":\"two.safetensors\"")
    #expect(fault() == .notInShard(tensor: "a", shard: "two.safetensors"))
    try index("\"a\":\"../one.safetensors\"")
    #expect(fault() == .shardPath("../one.safetensors"))
    try index("\"a\":3")
    #expect(fault()?.code == "malformed-header")
  }

  @Test("No mutation of a file traps the reader")
  func mutations() throws {
    let valid = [
      try fixture("safetensors/types.safetensors"), try fixture("safetensors/floats.safetensors"),
    ]
    fuzz("safetensors", from: valid) { bytes throws(DataFileError) in
      let file = try SafetensorsFile(bytes)
      for name in file.tensorNames {
        _ = try file.floats(named: name)
        _ = try integers(name, of: file)
      }
    }
  }
}
