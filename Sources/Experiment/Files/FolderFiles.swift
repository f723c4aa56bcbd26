public import DataFiles
import Glibc

/// The regular files below a folder of this machine.
public struct FolderFiles: ProjectFiles {
  /// The folder with all its links resolved.
  private let root: String
  /// What is known of large files that have not changed.
  let digests: (any FileDigests)?
  /// Nanoseconds from 1970 to now.
  let now: @Sendable () -> Int64

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - digests: where the digests of large files are kept; nil hashes each file.
  ///   - now: the clock, in nanoseconds since 1970.
  /// - Throws: `FileFault.unreadable` where there is no such folder.
  public init(
    root: String, digests: (any FileDigests)? = nil,
    now: @escaping @Sendable () -> Int64 = { FileIdentity.now }
  ) throws(FileFault) {
    guard let resolved = pathWithoutLinks(root) else {
      throw .unreadable(root, reason: String(cString: strerror(errno)))
    }
    self.root = resolved
    self.digests = digests
    self.now = now
  }

  /// The names directly in a folder.
  public func entries(of folder: String) throws(FileFault) -> [FolderEntry] {
    guard let path = pathWithoutLinks(absolute(folder)), isInside(path) else { return [] }
    guard let directory = opendir(path) else {
      throw .unreadable(folder, reason: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var entries: [FolderEntry] = []
    while let entry = readdir(directory) {
      // Safe: the name ends with a NUL within its 256 bytes, and the entry is this one's until the next
      // is read.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      entries.append(FolderEntry(name: name, kind: kind(of: "\(path)/\(name)")))
    }
    return entries
  }

  /// A file's bytes; the file is checked after it is opened, so that it can't be swapped between.
  public func contents(of path: String) throws(FileFault) -> [UInt8] {
    let (descriptor, size) = try openedFile(path)
    defer { close(descriptor) }
    guard size <= FileLimits.bytes else { throw .tooLarge(path, limit: FileLimits.bytes) }
    return try read(descriptor, size: size, path: path)
  }

  /// A file's bytes, mapped where there are many.
  public func open(_ path: String) throws(FileFault) -> FileBytes {
    let (descriptor, _) = try openedFile(path)
    do throws(DataFileError) {
      return try FileBytes(takingOver: descriptor, name: path)
    } catch {
      throw .unreadable(path, reason: error.fault.message)
    }
  }

  /// Opens a regular file inside the folder.
  private func openedFile(_ path: String) throws(FileFault) -> (descriptor: Int32, size: Int) {
    guard let resolved = pathWithoutLinks(absolute(path)) else {
      throw .missing(path, near: nil)
    }
    guard isInside(resolved) else { throw .outsideProject(path) }
    let descriptor = Glibc.open(resolved, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notRegular(path)
    }
    return (descriptor, Int(status.st_size))
  }

  private func read(_ descriptor: Int32, size: Int, path: String) throws(FileFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      // Safe: the system writes no more than fits behind what was filled.
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), size - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, reason: String(cString: strerror(errno))) }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private func absolute(_ path: String) -> String { path.isEmpty ? root : "\(root)/\(path)" }

  private func isInside(_ resolved: String) -> Bool {
    resolved == root || resolved.hasPrefix(root == "/" ? "/" : root + "/")
  }

  private func kind(of path: String) -> FolderEntry.Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .other }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink {
      guard let target = pathWithoutLinks(path), stat(target, &status) == 0 else { return .other }
      guard isInside(target) else { return .outside }
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return isLink ? .linkedFolder : .folder
    default: return .other
    }
  }
}
