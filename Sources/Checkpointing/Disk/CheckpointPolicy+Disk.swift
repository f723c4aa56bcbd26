extension CheckpointPolicy {
  /// The policy as notebooks write it, with what waits on disk beside it: `none, offload: disk`.
  public func description(with offload: DiskOffload?) -> String {
    offload == nil ? description : "\(description), offload: disk"
  }
}
