/// The machine that a run ran on and the versions of what it ran; no number depends on them.
public struct RunMachine: Codable, Sendable, Equatable {
  /// The processor's name; nil where the system gives none.
  public var processor: String?
  /// The cores that the process could use.
  public var cores: Int
  /// The operating system: name and release.
  public var system: String
  /// nbrun's version.
  public var release: String
  /// SQLite's version.
  public var sqlite: String

  /// Describes a machine.
  public init(processor: String?, cores: Int, system: String, release: String, sqlite: String) {
    self.processor = processor
    self.cores = cores
    self.system = system
    self.release = release
    self.sqlite = sqlite
  }
}
