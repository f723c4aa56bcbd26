public import DataFiles
import Diagnostics
import ModelGraph

/// A folder's weights under our parameters' names; values are read one parameter at a time.
public struct PretrainedWeights: Sendable {
  private let folder: SafetensorsFolder
  private let entries: [String: WeightEntry]

  /// Pairs a model's parameters with a folder's tensors.
  ///
  /// - Parameter drawsHead: whether a head that the folder lacks is left to be drawn.
  /// - Throws: `PretrainedFault` where one is missing, misshapen, or belongs to nothing.
  public init(
    _ folder: SafetensorsFolder, of architecture: Architecture, drawsHead: Bool = false
  ) throws(PretrainedFault) {
    self.folder = folder
    let map = architecture.weights
    let names = folder.tensorNames
    let isBare = !names.contains { $0.hasPrefix(map.prefix) }
    var entries: [String: WeightEntry] = [:]
    var used: Set<String> = []
    for var entry in map.entries {
      let isHead = !entry.tensors[0].hasPrefix(map.prefix) || entry.tensors[0].contains("pooler")
      if isBare { entry.tensors = entry.tensors.map { Self.removing(map.prefix, from: $0) } }
      if drawsHead, isHead, entry.tensors.allSatisfy({ folder[$0] == nil }) { continue }
      try Self.check(entry, in: folder)
      used.formUnion(entry.tensors)
      entries[entry.parameter] = entry
    }
    for name in names where !used.contains(name) && !map.ignores(name) {
      let left = map.entries.flatMap(\.tensors).filter { !used.contains($0) }
      throw .unexpectedTensor(name, near: nearestWord(to: name, in: left))
    }
    self.entries = entries
  }

  /// A parameter's values, row after row; nil where it is to be drawn.
  ///
  /// - Throws: `DataFileError` where the file was changed meanwhile.
  public func values(of parameter: String) throws(DataFileError) -> [Float]? {
    guard let entry = entries[parameter] else { return nil }
    var values: [Float] = []
    for tensor in entry.tensors {
      let part = try folder.floats(named: tensor)
      values += entry.isTransposed ? part.transposed(rows: entry.columns ?? 1) : part
    }
    return values
  }

  private static func check(
    _ entry: WeightEntry, in folder: SafetensorsFolder
  ) throws(PretrainedFault) {
    for (index, name) in entry.tensors.enumerated() {
      guard let tensor = folder[name] else {
        throw .missingTensor(name, near: nearestWord(to: name, in: folder.tensorNames))
      }
      guard tensor.shape == entry.shape(at: index) else {
        throw .misshapenTensor(name, found: tensor.shape, needed: entry.shape(at: index))
      }
    }
  }

  private static func removing(_ prefix: String, from name: String) -> String {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }
}
