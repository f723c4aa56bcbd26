public import DataFiles

/// Images in CIFAR's binary files.
public struct CIFARSpec: Hashable, Sendable {
  /// Which of the two data sets.
  public var variant: CIFARFile.Variant
  /// What is split.
  public var main: [ResolvedFile]
  /// A test part of its own.
  public var test: [ResolvedFile]
  /// How pixels are scaled.
  public var scaling: ScalingSpec
  /// Images of `main`.
  public var count: Int
  /// Images of `test`.
  public var testCount: Int
}
