import Glibc

/// A regular file that is mapped into memory, and not open any more: a process may have some thousand
/// open files, and a data set has more.
///
/// The one place of this module with unsafe code: the addresses never leave it, and every copy is
/// of a range that was checked against the mapping's size.
///
/// `@unchecked Sendable`: nothing changes after `init`, and the mapping is read-only.
final class FileMapping: @unchecked Sendable {
  let count: Int
  /// Where the file was found, as C has it; empty where the system does not tell.
  private let path: [CChar]
  private let base: UnsafeRawPointer?
  private let opened: stat

  /// Maps an open file and closes it.
  init(takingOver descriptor: Int32) throws(BytesFault) {
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    count = Int(status.st_size)
    opened = status
    path = Self.path(of: descriptor)
    if count == 0 {
      base = nil
    } else {
      let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard let address, address != MAP_FAILED else {
        throw .unreadable(reason: String(cString: strerror(errno)))
      }
      base = UnsafeRawPointer(address)
    }
  }

  deinit {
    if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// What the file system said of the file when it was opened.
  var identity: FileIdentity {
    FileIdentity(
      size: count, modified: opened.st_mtim.nanoseconds, changed: opened.st_ctim.nanoseconds,
      inode: UInt64(opened.st_ino))
  }

  /// A copy of a range of the file.
  func copy<Number: FileNumber>(_ range: Range<Int>) throws(BytesFault) -> [Number] {
    try checkUnchanged()
    precondition(range.upperBound <= count, "a copy stays inside its file")
    let mapped = UnsafeRawBufferPointer(start: base, count: count)
    return copyNumbers(of: UnsafeRawBufferPointer(rebasing: mapped[range]))
  }

  /// Looks at the file where it was found: one that was moved, removed or replaced since keeps its
  /// bytes as long as it is mapped.
  private func checkUnchanged() throws(BytesFault) {
    var status = stat()
    guard !path.isEmpty, stat(path, &status) == 0, status.st_ino == opened.st_ino,
      status.st_dev == opened.st_dev
    else { return }
    guard
      status.st_size == opened.st_size, status.st_mtim.tv_sec == opened.st_mtim.tv_sec,
      status.st_mtim.tv_nsec == opened.st_mtim.tv_nsec
    else { throw .changed(byteCount: Int(status.st_size), was: count) }
  }

  /// The path of an open file, absolute and without links.
  private static func path(of descriptor: Int32) -> [CChar] {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/fd/\(descriptor)", &path, Int(PATH_MAX))
    return count > 0 ? path[..<count] + [0] : []
  }
}

extension timespec {
  /// Nanoseconds since 1970; those of a time far off are of no use but to be told apart.
  fileprivate var nanoseconds: Int64 { Int64(tv_sec) &* 1_000_000_000 &+ Int64(tv_nsec) }
}

extension FileIdentity {
  /// Nanoseconds from 1970 to now.
  public static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.nanoseconds
  }
}

extension [UInt8] {
  /// A copy of a range that was checked to be inside.
  func copy<Number: FileNumber>(_ range: Range<Int>) -> [Number] {
    withUnsafeBytes { copyNumbers(of: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

/// Copies bytes into numbers: safe, as any bits are a valid number of these types, and as the new
/// array has room for exactly those bytes.
private func copyNumbers<Number: FileNumber>(of source: UnsafeRawBufferPointer) -> [Number] {
  let count = source.count / MemoryLayout<Number>.size
  return Array(unsafeUninitializedCapacity: count) { target, initialized in
    UnsafeMutableRawBufferPointer(target).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: source.prefix(count * MemoryLayout<Number>.size)))
    initialized = count
  }
}
