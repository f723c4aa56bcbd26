import DataFiles
import FoundationEssentials
import Glibc
import ModelGraph
import Pretrained
import Training

extension CellExecution {
  /// Writes a trained model as `transformers` reads it: its files appear together.
  func save(
    _ run: TrainingRun, _ model: ModelSpec, to folder: String
  ) throws(TrainingFault) {
    guard let architecture = Architecture(of: model) else {
      throw .notSaved(.model, path: folder, .other(PretrainedFault.noFamily.message))
    }
    do {
      try FolderReplacement(path: try project.writableFolder(folder)).write { path in
        try architecture.safetensors { run.values(ofParameter: $0) }
          .write(to: path + "/model.safetensors")
        try Data(architecture.config.utf8).write(to: URL(filePath: path + "/config.json"))
        FolderReplacement.synchronize(path + "/config.json")
      }
    } catch {
      throw .notSaved(.model, path: folder, SaveFault(error))
    }
  }
}

extension Project {
  /// The files of a saved model that have to be there for a stored result to stand.
  static let savedModelFiles = ["config.json", "model.safetensors"]

  /// Whether a folder holds a saved model.
  func holdsModel(_ folder: String) -> Bool {
    Self.savedModelFiles.allSatisfy {
      FileManager.default.fileExists(atPath: "\(root)/\(folder)/\($0)")
    }
  }

  /// Makes a folder below the project's; a link that leads out of it is refused.
  func writableFolder(_ folder: String) throws -> String {
    let path = "\(root)/\(folder)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard let resolved = Self.resolved(path), let top = Self.resolved(root),
      resolved.hasPrefix(top == "/" ? "/" : top + "/")
    else { throw OutsideProject() }
    return resolved
  }

  /// The path without links.
  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// A folder that a link leads out of the project.
private struct OutsideProject: Error, CustomStringConvertible {
  var description: String { "a link leads out of the project's folder" }
}
