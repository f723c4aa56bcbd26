/// Which of the values that a step keeps for its backward pass may wait on disk.
enum DiskChoice: Sendable, Hashable {
  /// All of them stay in memory.
  case nothing
  /// Those that are large enough, and wait for longer than the way to the disk and back takes, but for
  /// what the step's peak leaves room for: the least that it can have, or so many bytes.
  case within(Int)
  /// Those of them that are instances of one of these tensors, for the least peak.
  case only(Set<Int32>)

  /// All that lower the peak.
  static let everything = DiskChoice.within(0)

  /// What options without a plan of their own mean.
  init(_ options: TrainingOptions) { self = options.offload == nil ? .nothing : .everything }

  /// Whether instances of a tensor may wait on disk.
  func allows(_ tensor: Int32) -> Bool {
    switch self {
    case .nothing: false
    case .within: true
    case .only(let tensors): tensors.contains(tensor)
    }
  }

  /// Bytes that the peak may have even if it could be lower.
  var allowedPeak: Int {
    if case .within(let bytes) = self { bytes } else { 0 }
  }
}
