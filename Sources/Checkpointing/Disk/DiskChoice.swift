/// Which of the values that a step keeps for its backward pass may wait on disk.
enum DiskChoice: Sendable, Hashable {
  /// All of them stay in memory.
  case nothing
  /// All that are large enough, and wait for longer than the way to the disk and back takes.
  case everything
  /// Those of them that are instances of one of these tensors.
  case only(Set<Int32>)

  /// What options without a plan of their own mean.
  init(_ options: TrainingOptions) { self = options.offload == nil ? .nothing : .everything }

  /// Whether instances of a tensor may wait on disk.
  func allows(_ tensor: Int32) -> Bool {
    switch self {
    case .nothing: false
    case .everything: true
    case .only(let tensors): tensors.contains(tensor)
    }
  }
}
