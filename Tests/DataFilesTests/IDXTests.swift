import DataFiles
import Testing

@Suite struct IDXTests {
  private func open(_ bytes: [UInt8]) throws(DataFileError) -> IDXFile {
    try IDXFile(FileBytes(bytes, name: "a-idx"))
  }

  private func fault(_ bytes: [UInt8]) -> IDXFault? {
    DataFilesTests.fault(IDXFault.self) { _ = try open(bytes) }
  }

  /// Two images of 2 × 3.
  private let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + (1...12).map { $0 * 20 }

  @Test("MNIST's layout: sizes and bytes")
  func bytes() throws {
    let file = try open(images)
    #expect(file.shape == [2, 2, 3])
    #expect(try file.elements.floats() == (1...12).map { Float($0) * 20 })
    #expect(try file.elements.integers(6..<8) == [140, 160])
  }

  @Test("All types have their most significant byte first")
  func types() throws {
    func values(_ type: UInt8, _ bytes: [UInt8], count: UInt8 = 2) throws -> [Float] {
      try open([0, 0, type, 1, 0, 0, 0, count] + bytes).elements.floats()
    }
    #expect(try values(0x09, [0xFF, 3]) == [-1, 3])
    #expect(try values(0x0B, [0xFF, 0xFE, 1, 0]) == [-2, 256])
    #expect(try values(0x0C, [0xFF, 0xFF, 0xFF, 0xFD, 0, 1, 0, 0]) == [-3, 65_536])
    #expect(try values(0x0D, [0x3F, 0xC0, 0, 0, 0xBF, 0x80, 0, 0]) == [1.5, -1])
    #expect(try values(0x0E, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0], count: 1) == [1.5])
  }

  @Test("What is no whole IDX file is refused with the reason")
  func faults() {
    #expect(fault([0x1F, 0x8B, 8, 0]) == .compressed)
    #expect(fault([1, 0, 8, 1]) == .notIDX)
    #expect(fault([0, 0]) == .notIDX)
    #expect(fault([0, 0, 7, 1, 0, 0, 0, 1, 5]) == .type(7))
    #expect(fault([0, 0, 8, 3, 0, 0, 0, 1]) == .sizes(dimensions: 3, byteCount: 8))
    #expect(fault(images.dropLast()) == .byteCount(needs: 12, has: 11))
    #expect(fault(images + [0]) == .byteCount(needs: 12, has: 13))
    let huge = [0, 0, 0x0E, 3] + [UInt8](repeating: 0xFF, count: 12)
    #expect(fault(huge) == .shape([4_294_967_295, 4_294_967_295, 4_294_967_295]))
  }

  @Test("No mutation of a file traps the reader")
  func mutations() {
    fuzz("idx", from: [images]) { bytes throws(DataFileError) in
      let file = try IDXFile(bytes)
      _ = try file.elements.floats()
    }
  }
}
