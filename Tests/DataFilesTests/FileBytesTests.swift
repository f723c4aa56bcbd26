import DataFiles
import Foundation
import TestSupport
import Testing

@Suite struct FileBytesTests {
  @Test("Small files are read and large ones mapped, with the same bytes")
  func mapping() throws {
    let folder = try TemporaryDirectory()
    let large = (0..<3 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let mapped = try FileBytes(path: try folder.write("large", bytes: large))
    #expect(mapped.isMapped && mapped.count == large.count)
    #expect(try mapped.allBytes() == large)
    #expect(try mapped.bytes(at: 1 << 20, count: 5) == Array(large[1 << 20..<(1 << 20) + 5]))
    let small = try FileBytes(path: try folder.write("small", bytes: [1, 2, 3]))
    #expect(!small.isMapped)
    #expect(try small.allBytes() == [1, 2, 3])
    #expect(try FileBytes(path: try folder.write("empty", bytes: [])).allBytes() == [])
  }

  @Test("A mapped file that is cut off or rewritten is refused, not touched")
  func changed() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("data", bytes: [UInt8](repeating: 7, count: 2 << 20))
    let file = try FileBytes(path: path)
    try #require(truncate(path, 100) == 0)
    #expect(
      fault(BytesFault.self) { _ = try file.bytes(at: 1 << 20, count: 4) }
        == .changed(byteCount: 100, was: 2 << 20))
  }

  @Test("Ranges outside the file are refused, however large")
  func ranges() {
    let file = FileBytes([1, 2, 3], name: "three")
    for (offset, count) in [(0, 4), (4, 0), (-1, 1), (3, .max), (.max, .max), (1, -1)] {
      #expect(fault(BytesFault.self) { _ = try file.bytes(at: offset, count: count) } != nil)
    }
    #expect(throws: Never.self) { try file.bytes(at: 3, count: 0) }
  }

  @Test("A missing file and a folder are refused with the system's word")
  func missing() throws {
    let folder = try TemporaryDirectory()
    #expect(
      fault(BytesFault.self) { _ = try FileBytes(path: folder.path("none")) }
        == .unreadable(reason: "No such file or directory"))
    #expect(fault(BytesFault.self) { _ = try FileBytes(path: folder.path) } == .notRegular)
  }
}
