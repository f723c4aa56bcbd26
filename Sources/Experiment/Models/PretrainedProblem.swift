import DataFiles
import Pretrained

/// Why a folder of weights can't be used.
enum PretrainedProblem: Error, Hashable {
  /// A file can't be opened.
  case file(FileFault)
  /// A file is malformed.
  case malformed(file: String, message: String, notes: [String])
  /// The files don't make a model.
  case model(PretrainedFault)

  /// The problem of a data file.
  init(_ error: DataFileError) {
    self = .malformed(file: error.file, message: "\(error)", notes: error.fault.notes)
  }

  /// The problem in one sentence.
  func message(folder: String) -> String {
    switch self {
    case .file(let fault): fault.message
    case .malformed(_, let message, _): message
    case .model(let fault): "'\(folder)': \(fault.message)"
    }
  }

  /// The remedies.
  var notes: [String] {
    switch self {
    case .file(let fault): fault.notes
    case .malformed(_, _, let notes): notes
    case .model(let fault): fault.notes
    }
  }
}
