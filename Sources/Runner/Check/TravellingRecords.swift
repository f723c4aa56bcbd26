import FoundationEssentials
import Glibc
import Records

/// Records as a file: they travel from a second run to the moment when somebody accepts it.
struct TravellingRecords: Codable {
  let records: [Record]

  init(_ records: [Record]) { self.records = records }

  /// Where those of a notebook lie, in its project's results.
  static func path(of notebook: String) -> String {
    let project = Project(ofNotebook: notebook)
    return "\(project.results)/corrected/\(project.fileStem(of: notebook)).json"
  }

  /// Reads them; nil where there are none or they are damaged.
  init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let records = try? decoder.decode(Self.self, from: data) else { return nil }
    self = records
  }

  /// Writes them.
  ///
  /// - Throws: `RunFault.unwritable`.
  func write(to path: String, name: String) throws(RunFault) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let data: Data
    do {
      data = try encoder.encode(self)
    } catch {
      throw .unwritable(name: name, reason: "\(error)")
    }
    try makeFolder(Project.folder(of: path))
    try writeWhole([UInt8](data), to: path, name: name)
  }
}
