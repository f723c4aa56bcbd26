/// What can be wrong with a CIFAR file.
public enum CIFARFault: DataFileFault, Hashable {
  /// The size is no multiple of a record's, or 0.
  case byteCount(Int, record: Int)
  /// A label beyond the classes; records count from 0.
  case label(Int, classes: Int, record: Int, offset: Int)
}

extension CIFARFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .byteCount: "truncated"
    case .label: "unknown-label"
    }
  }

  /// Where in the file.
  public var place: String? {
    if case .label(_, _, let record, let offset) = self {
      "record \(record), byte \(offset)"
    } else {
      nil
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .byteCount(let count, let record):
      "\(count) bytes are no whole number of records of \(record) bytes"
    case .label(let label, let classes, _, _):
      "the label is \(label), but there are \(classes) classes"
    }
  }

  /// The remedies.
  public var notes: [String] {
    ["take the binary version of CIFAR: 'data_batch_1.bin' for CIFAR-10, 'train.bin' for CIFAR-100"]
  }
}
