/// What `nbrun:` in the front matter sets for the whole notebook.
public struct Settings: Hashable, Sendable {
  /// The seed of cells that state none.
  public var seed: Int
  /// Worker threads, which change no number and so no key; nil takes one a core.
  public var threads: Int?
  /// Which kernels compute; part of the numeric environment, so in no key.
  public var numerics: Numerics
  /// The bytes that a training run's plan may reserve; nil sets no limit.
  public var memoryLimit: Int?
  /// What the planner weighs recomputation by in cells that don't say.
  public var cost: CostSource

  /// Creates settings.
  public init(
    seed: Int = 0, threads: Int? = nil, numerics: Numerics = .native, memoryLimit: Int? = nil,
    cost: CostSource = .model
  ) {
    self.seed = seed
    self.threads = threads
    self.numerics = numerics
    self.memoryLimit = memoryLimit
    self.cost = cost
  }

  /// Which kernels compute.
  public enum Numerics: String, Hashable, Sendable, CaseIterable {
    /// The best kernels of this processor; the bits are those of any others.
    case native
    /// The AVX2 kernels, also on a processor that has wider ones.
    case portable
  }
}

/// Settings given on the command line; they win over the notebook's.
public struct SettingsOverrides: Hashable, Sendable {
  /// Replaces `seed`.
  public var seed: Int?
  /// Replaces `threads`.
  public var threads: Int?
  /// Replaces `numerics`.
  public var numerics: Settings.Numerics?
  /// Replaces `memory_limit`.
  public var memoryLimit: Int?
  /// Replaces `cost`.
  public var cost: CostSource?

  /// Creates overrides; nil keeps the notebook's setting.
  public init(
    seed: Int? = nil, threads: Int? = nil, numerics: Settings.Numerics? = nil,
    memoryLimit: Int? = nil, cost: CostSource? = nil
  ) {
    self.seed = seed
    self.threads = threads
    self.numerics = numerics
    self.memoryLimit = memoryLimit
    self.cost = cost
  }

  /// The settings of a run.
  func applied(to settings: Settings) -> Settings {
    Settings(
      seed: seed ?? settings.seed, threads: threads ?? settings.threads,
      numerics: numerics ?? settings.numerics, memoryLimit: memoryLimit ?? settings.memoryLimit,
      cost: cost ?? settings.cost)
  }
}
