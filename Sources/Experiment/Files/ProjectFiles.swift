public import DataFiles
public import Digests

/// The files that a notebook may read: those of its own project folder.
///
/// Paths are relative to that folder, with `/` between names. Implementations never follow a link
/// out of the folder and never open anything but regular files.
public protocol ProjectFiles: Sendable {
  /// What a folder holds, in any order; `""` is the project's folder itself.
  func entries(of folder: String) throws(FileFault) -> [FolderEntry]
  /// A regular file's bytes.
  func contents(of path: String) throws(FileFault) -> [UInt8]
  /// A regular file's bytes, of any size: large files are mapped, not read.
  func open(_ path: String) throws(FileFault) -> FileBytes
  /// The digest of the bytes of a file that was opened.
  func digest(of content: FileBytes, at path: String) throws(DataFileError) -> Digest
}

extension ProjectFiles {
  /// A regular file's bytes.
  public func open(_ path: String) throws(FileFault) -> FileBytes {
    FileBytes(try contents(of: path), name: path)
  }
}

/// A name in a folder and what it stands for.
public struct FolderEntry: Hashable, Sendable {
  /// The name.
  public var name: String
  /// What it stands for; a link stands for what it leads to.
  public var kind: Kind

  /// Creates an entry.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// What a name in a folder stands for.
  public enum Kind: Hashable, Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A link to a folder: entered when named, not by `**`, so that walks end.
    case linkedFolder
    /// A device, a pipe, a socket, or a link that leads nowhere.
    case other
    /// A link that leads out of the project.
    case outside
  }
}

/// Limits on what one pattern may take.
enum FileLimits {
  /// Bytes of one file.
  static let bytes = 256 << 20
  /// Folder entries that a pattern may visit.
  static let visits = 100_000
}
