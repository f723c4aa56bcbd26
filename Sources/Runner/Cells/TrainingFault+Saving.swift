import Checkpointing
import DataFiles
import Foundation
import Glibc
import Training

extension TrainingFault {
  /// The fault with its paths as they are from the project's folder, as records name no others.
  func relative(to project: Project) -> TrainingFault {
    switch self {
    case .notSaved(let what, let path, let fault):
      .notSaved(what, path: project.relative(path), fault)
    case .noWeights(let path): .noWeights(path: project.relative(path))
    case .noDiskFile(let folder, let byteCount, let reason):
      .noDiskFile(folder: project.relative(folder), byteCount: byteCount, reason: reason)
    default: self
    }
  }
}

extension TrainingFault {
  /// Whether it lies in this machine's memory, disk or files, and not in what the notebook says.
  var isOfMachine: Bool {
    switch self {
    case .outOfMemory, .noDiskFile, .diskFailed, .notSaved, .noWeights: true
    case .memoryLimit(let refusal): refusal.isMachine
    case .overLimit(_, _, let isMachine): isMachine
    default: false
    }
  }
}

extension TrainingFault.Saved {
  /// What is saved, as a message names it.
  var description: String {
    switch self {
    case .step: "its step"
    case .weights: "its weights"
    case .model: "the model"
    }
  }
}

extension SaveFault {
  /// What went wrong with the files of a model.
  init(_ error: any Error) {
    switch error {
    case let error as DataFileError:
      self = .other(error.fault.writingReason ?? error.fault.message)
    case let error as CocoaError:
      self = error.systemFault.map { .system($0) } ?? .other(error.localizedDescription)
    default: self = .other("\(error)")
    }
  }

  /// The fault in words.
  var message: String {
    switch self {
    case .system(let fault): fault.reason
    case .foreign(let file): "its \(file) was not written by nbrun, or was changed since"
    case .other(let reason): reason
    }
  }

  /// What helps against it, if that is known.
  var remedies: [String] {
    switch self {
    case .system(let fault): [fault.remedy].compactMap(\.self)
    case .foreign: ["move it away, or save to another folder: nothing was trained"]
    case .other: []
    }
  }

  /// The remedies, and what a further run does.
  func notes(for what: TrainingFault.Saved) -> [String] {
    guard case .system = self, !remedies.isEmpty else { return remedies }
    let rest =
      what == .step
      ? "run again: it goes on from its last saved step" : "run again: the training is done anew"
    return remedies + [rest]
  }
}

extension SystemFault {
  /// What helps against it, if that is known.
  fileprivate var remedy: String? {
    switch code {
    case ENOSPC, EDQUOT: "make room there"
    case EFBIG: "allow larger files there: ulimit -f"
    case EACCES, EPERM, EROFS: "make the folder writable"
    case ENOTDIR, EISDIR: "move away what is in its place"
    default: nil
    }
  }
}

extension CocoaError {
  /// What the system said, as far as Foundation tells.
  fileprivate var systemFault: SystemFault? {
    if let posix = userInfo[NSUnderlyingErrorKey] as? POSIXError {
      return SystemFault(code: posix.code.rawValue)
    }
    switch code {
    case .fileWriteOutOfSpace: return SystemFault(code: ENOSPC)
    case .fileWriteNoPermission: return SystemFault(code: EACCES)
    case .fileWriteVolumeReadOnly: return SystemFault(code: EROFS)
    default: return nil
    }
  }
}

extension DataFileFault {
  /// Why a file can't be written, if it is that.
  fileprivate var writingReason: String? {
    guard case .unwritable(let reason)? = self as? SafetensorsFault else { return nil }
    return reason
  }
}
