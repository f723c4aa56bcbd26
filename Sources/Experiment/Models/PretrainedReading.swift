import DataFiles
import Digests
import Pretrained

/// Reads the files of a folder inside the project, and notes their digests.
struct PretrainedReading {
  private let folder: String
  private let project: any ProjectFiles
  private(set) var files: [PretrainedModel.File] = []

  init(folder: String, project: any ProjectFiles) {
    self.folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.project = project
  }

  /// The model that `config.json` describes.
  mutating func architecture() throws(PretrainedProblem) -> Architecture {
    let config = try open("config.json")
    let bytes = try reading { () throws(DataFileError) in try config.allBytes() }
    do throws(PretrainedFault) {
      return try Architecture(config: bytes)
    } catch {
      throw .model(error)
    }
  }

  /// The weights of that model, changed as the notebook asks.
  mutating func weights(
    of architecture: Architecture, drawsHead: Bool
  ) throws(PretrainedProblem) -> PretrainedWeights {
    // The folder's own reader decides which files there are to be: all of them are opened first.
    var opened: [String: FileBytes] = [:]
    for name in try weightFiles() { opened[name] = try open(name) }
    let found = opened
    let tensors = try reading { () throws(DataFileError) in
      try SafetensorsFolder(name: folder) { name throws(DataFileError) in found[name] }
    }
    do throws(PretrainedFault) {
      return try PretrainedWeights(tensors, of: architecture, drawsHead: drawsHead)
    } catch {
      throw .model(error)
    }
  }

  private func weightFiles() throws(PretrainedProblem) -> [String] {
    do throws(FileFault) {
      let names = try project.entries(of: folder).filter { $0.kind == .file }.map(\.name)
      return names.filter {
        $0.hasSuffix(".safetensors") || $0 == "model.safetensors.index.json"
      }.sorted()
    } catch {
      throw .file(error)
    }
  }

  private mutating func open(_ name: String) throws(PretrainedProblem) -> FileBytes {
    let (bytes, found): (FileBytes, String)
    do throws(FileFault) {
      guard let path = try project.paths(matching: "\(folder)/\(name)").first else {
        throw .missing("\(folder)/\(name)", near: nil)
      }
      (bytes, found) = (try project.open(path), path)
    } catch {
      throw .file(error)
    }
    let digest = try reading { () throws(DataFileError) in
      try project.digest(of: bytes, at: found)
    }
    files.append(PretrainedModel.File(name: name, digest: digest))
    return bytes
  }

  private func reading<Value>(
    _ body: () throws(DataFileError) -> Value
  ) throws(PretrainedProblem) -> Value {
    do throws(DataFileError) {
      return try body()
    } catch {
      throw PretrainedProblem(error)
    }
  }
}
