import ArgumentParser
import Checkpointing

/// The ways of training that are compared.
enum CheckpointChoice: String, ExpressibleByArgument, CaseIterable {
  /// Keep every activation.
  case none
  /// Checkpoint every transformer block.
  case everyBlock = "every-1"
  /// Checkpoint every block, and update each weight inside the backward pass as soon as its gradient is
  /// known: the same bits, and gradients never all exist at once. Compared with PyTorch's `every-1`.
  case everyBlockUpdating = "every-1-in-backward"

  /// The policy in nbrun's terms.
  var policy: CheckpointPolicy {
    switch self {
    case .none: .none
    case .everyBlock, .everyBlockUpdating: .every(1)
    }
  }

  /// The row's title in the report.
  var title: String {
    switch self {
    case .none: "no checkpointing"
    case .everyBlock: "every block checkpointed"
    case .everyBlockUpdating: "every block checkpointed, `in_backward: true`"
    }
  }

  /// What PyTorch's side is asked for.
  var pytorchPolicy: String {
    self == .everyBlockUpdating ? Self.everyBlock.rawValue : rawValue
  }
}
