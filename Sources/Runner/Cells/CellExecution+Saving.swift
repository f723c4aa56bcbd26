import DataFiles
import FoundationEssentials
import ModelGraph
import Pretrained
import Training

extension CellExecution {
  /// Checks, before anything is trained, that the model can be saved where it is to be, and that none
  /// is lost there that nbrun did not write.
  func checkReplaceable(_ folder: String) throws(TrainingFault) {
    if case .foreign(let file) = project.savedModel(folder) {
      throw .notSaved(.model, path: folder, .foreign(file: file))
    }
    guard FileManager.default.fileExists(atPath: "\(project.root)/\(folder)") else { return }
    do { _ = try project.writableFolder(folder) } catch {
      throw .notSaved(.model, path: folder, SaveFault(error))
    }
  }

  /// Writes a trained model as `transformers` reads it: its files appear together.
  ///
  /// - Parameter weights: the digest of the weights, by which the files are known again.
  func save(
    _ run: TrainingRun, _ model: ModelSpec, weights: String?, to folder: String
  ) throws(TrainingFault) {
    guard let architecture = Architecture(of: model) else {
      throw .notSaved(.model, path: folder, .other(PretrainedFault.noFamily.message))
    }
    do {
      try FolderReplacement(path: try project.writableFolder(folder)).write { path in
        let notes = weights.map { [SavedModel.mark: $0] } ?? [:]
        try architecture.safetensors(notes: notes) { run.values(ofParameter: $0) }
          .write(to: "\(path)/\(SavedModel.weightsName)")
        let config = "\(path)/\(SavedModel.configName)"
        try Data(architecture.config.utf8).write(to: URL(filePath: config))
        FolderReplacement.synchronize(config)
      }
    } catch {
      throw .notSaved(.model, path: folder, SaveFault(error))
    }
  }
}

extension Project {
  /// What is in the folder that a run saves to.
  func savedModel(_ folder: String) -> SavedModel { SavedModel(in: "\(root)/\(folder)") }

  /// Makes a folder below the project's; a link that leads out of it is refused.
  func writableFolder(_ folder: String) throws -> String {
    let path = "\(root)/\(folder)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard let resolved = pathWithoutLinks(path), let top = pathWithoutLinks(root),
      resolved.hasPrefix(top == "/" ? "/" : top + "/")
    else { throw OutsideProject() }
    return resolved
  }
}

/// A folder that a link leads out of the project.
private struct OutsideProject: Error, CustomStringConvertible {
  var description: String { "a link leads out of the project's folder" }
}
