import DataFiles
import Testing

@Suite struct NPYTests {
  private func open(_ bytes: [UInt8]) throws(DataFileError) -> NPYFile {
    try NPYFile(FileBytes(bytes, name: "a.npy"))
  }

  /// A file of a header that is written out, and so many bytes of data.
  private func file(_ header: String, data: Int, version: UInt8 = 1) -> [UInt8] {
    let length = header.utf8.count
    let size = version == 1 ? 2 : 4
    return [0x93] + Array("NUMPY".utf8) + [version, 0]
      + (0..<size).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private func fault(_ header: String, data: Int) -> NPYFault? {
    DataFilesTests.fault(NPYFault.self) { _ = try open(file(header, data: data)) }
  }

  @Test(
    "Signed and floating types are read at their values in both byte orders",
    arguments: [
      "f4-little", "f4-big", "f8-little", "f8-big", "f2-little", "i1-little", "i2-little",
      "i2-big", "i4-little", "i8-little", "i8-big", "version2", "version3",
    ])
  func signed(name: String) throws {
    let file = try open(fixture("npy/\(name).npy"))
    #expect(file.shape == [2, 3])
    let shift: Float = name.hasPrefix("version") ? 0 : 2
    #expect(try file.elements().floats() == [0, 1, 2, 3, 4, 5].map { $0 - shift })
  }

  @Test(
    "Unsigned types are read at their values",
    arguments: ["u1-little", "u2-little", "u4-little", "u8-little"])
  func unsigned(name: String) throws {
    let elements = try open(fixture("npy/\(name).npy")).elements()
    #expect(try elements.floats() == [0, 1, 2, 3, 4, 5])
    #expect(try elements.integers(1..<3) == [1, 2])
  }

  @Test("Booleans are 0 and 1, scalars have no sizes, empty arrays no numbers")
  func special() throws {
    #expect(try open(fixture("npy/b1-little.npy")).elements().floats() == [0, 1, 1, 1, 1, 1])
    let scalar = try open(fixture("npy/scalar.npy"))
    #expect(scalar.shape == [])
    #expect(try scalar.elements().floats() == [1.5])
    let empty = try open(fixture("npy/empty.npy"))
    #expect(empty.shape == [0, 3])
    #expect(try empty.elements().floats() == [])
  }

  @Test("An array has the same numbers in the same places in either order of dimensions")
  func fortran() throws {
    let first = try open(fixture("npy/three-c.npy"))
    let second = try open(fixture("npy/three-fortran.npy"))
    #expect(!first.isFortranOrder && second.isFortranOrder)
    #expect(second.shape == [2, 3, 4])
    #expect(try first.elements().floats() == (0..<24).map { Float($0) })
    #expect(try second.elements().floats() == (0..<24).map { Float($0) })
  }

  @Test("Types without plain numbers are refused by name")
  func types() throws {
    #expect(
      DataFilesTests.fault(NPYFault.self) { _ = try open(fixture("npy/text.npy")) }
        == .type("<U2"))
    guard
      case .header(_, let expected)? = DataFilesTests.fault(
        NPYFault.self, { _ = try open(fixture("npy/structure.npy")) })
    else {
      Issue.record("no fault")
      return
    }
    #expect(expected == "a text in quotes")
    #expect(
      fault("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", data: 8) == .type("<c8"))
    #expect(
      fault("{'descr': '|f4', 'fortran_order': False, 'shape': (1,), }", data: 4) == .type("|f4"))
  }

  @Test("Headers that lie about sizes are refused with both numbers")
  func sizes() throws {
    func header(_ shape: String) -> String {
      "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    }
    #expect(fault(header("(3,)"), data: 8) == .byteCount(needs: 12, has: 8))
    #expect(fault(header("(1,)"), data: 8) == .byteCount(needs: 4, has: 8))
    let largest = Int.max
    #expect(fault(header("(\(largest), 2)"), data: 8) == .shape([largest, 2]))
    #expect(fault(header("(\(largest),)"), data: 8) == .shape([largest]))
    #expect(fault(header("(0, \(largest), 2)"), data: 0) == .shape([0, largest, 2]))
    #expect(fault(header("(99999999999999999999,)"), data: 8)?.code == "malformed-header")
    let whole = try fixture("npy/f4-little.npy")
    for count in 0..<whole.count {
      #expect(throws: DataFileError.self) { try open(Array(whole.prefix(count))) }
    }
  }

  @Test("A malformed header is refused with the byte and what belongs there")
  func header() {
    #expect(
      fault("{'descr': '<f4', 'shape': (1,), }", data: 4)
        == .header(offset: 43, expected: "'fortran_order'"))
    #expect(
      fault("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", data: 4)
        == .header(offset: 44, expected: "True or False"))
    #expect(
      DataFilesTests.fault(NPYFault.self) { _ = try open(file("{}", data: 0, version: 9)) }
        == .version(major: 9, minor: 0))
    #expect(
      DataFilesTests.fault(NPYFault.self) { _ = try open(Array("PK\u{3}\u{4} archive".utf8)) }
        == .notNPY)
  }

  @Test("No mutation of a file traps the reader")
  func mutations() throws {
    let valid = try [
      "f4-little", "i8-big", "three-fortran", "version2", "scalar", "structure",
    ].map { try fixture("npy/\($0).npy") }
    fuzz("npy", from: valid) { bytes throws(DataFileError) in
      let file = try NPYFile(bytes)
      let elements = try file.elements()
      _ = try elements.floats()
      _ = try elements.integers(0..<elements.count)
    }
  }
}
