import DataFiles
import Testing

@Suite struct CIFARTests {
  /// A record whose red is 1, green 2 and blue 3, but for the first pixel of the second row.
  private func record(_ labels: [UInt8]) -> [UInt8] {
    var planes = (1...3).flatMap { [UInt8](repeating: $0, count: 1024) }
    (planes[32], planes[1024 + 32], planes[2048 + 32]) = (40, 50, 60)
    return labels + planes
  }

  @Test("Images have their channels last, and CIFAR-100 the label of the class")
  func images() throws {
    let ten = try CIFARFile(
      FileBytes(record([3]) + record([9]), name: "batch.bin"), variant: .cifar10)
    #expect(ten.labels == [3, 9])
    let pixels = try ten.pixels(of: 1)
    #expect(Array(pixels[..<6]) == [1, 2, 3, 1, 2, 3])
    #expect(Array(pixels[96..<102]) == [40, 50, 60, 1, 2, 3])
    let hundred = try CIFARFile(
      FileBytes(record([19, 99]), name: "train.bin"), variant: .cifar100)
    #expect(hundred.labels == [99])
    #expect(try hundred.pixels(of: 0) == pixels)
  }

  @Test("A cut off file and a label beyond the classes are refused with their place")
  func faults() {
    #expect(
      fault(CIFARFault.self) {
        _ = try CIFARFile(FileBytes(record([3]).dropLast(), name: "a"), variant: .cifar10)
      } == .byteCount(3072, record: 3073))
    #expect(
      fault(CIFARFault.self) { _ = try CIFARFile(FileBytes([], name: "a"), variant: .cifar10) }
        == .byteCount(0, record: 3073))
    #expect(
      fault(CIFARFault.self) {
        _ = try CIFARFile(FileBytes(record([3]) + record([10]), name: "a"), variant: .cifar10)
      } == .label(10, classes: 10, record: 1, offset: 3073))
  }

  @Test("No mutation of a file traps the reader")
  func mutations() {
    fuzz("cifar", cases: 500, from: [record([3]) + record([9])]) { bytes throws(DataFileError) in
      let file = try CIFARFile(bytes, variant: .cifar10)
      for image in 0..<file.count { _ = try file.pixels(of: image) }
    }
  }
}
