import ArgumentParser
import Checkpointing

/// The ways of training that are compared.
enum CheckpointChoice: String, ExpressibleByArgument, CaseIterable {
  /// Keep every activation.
  case none
  /// Checkpoint every transformer block.
  case everyBlock = "every-1"

  /// The policy in nbrun's terms.
  var policy: CheckpointPolicy {
    switch self {
    case .none: .none
    case .everyBlock: .every(1)
    }
  }

  /// The row's title in the report.
  var title: String {
    switch self {
    case .none: "no checkpointing"
    case .everyBlock: "every block checkpointed"
    }
  }
}
