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
    #expect(mapped.identity != nil && mapped.count == large.count)
    #expect(try mapped.allBytes() == large)
    #expect(try mapped.bytes(at: 1 << 20, count: 5) == Array(large[1 << 20..<(1 << 20) + 5]))
    let small = try FileBytes(path: try folder.write("small", bytes: [1, 2, 3]))
    #expect(small.identity == nil)
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

  @Test("A mapped file that is replaced or removed keeps its bytes")
  func replaced() throws {
    let folder = try TemporaryDirectory()
    let bytes = [UInt8](repeating: 7, count: 2 << 20)
    let path = try folder.write("data", bytes: bytes)
    let file = try FileBytes(path: path)
    try #require(rename(try folder.write("other", bytes: [1, 2, 3]), path) == 0)
    #expect(try file.allBytes() == bytes)
    try #require(unlink(path) == 0)
    #expect(try file.allBytes() == bytes)
  }

  @Test("A mapped file is not open, so that there may be more of them than open files")
  func closed() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("data", bytes: [UInt8](repeating: 7, count: 2 << 20))
    let file = try FileBytes(path: path)
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    let open = descriptors.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(!open.isEmpty && !open.contains { $0.hasSuffix(path) })
    #expect(try file.bytes(at: 0, count: 1) == [7])
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
