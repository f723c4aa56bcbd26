import DataFiles
import Foundation

/// Reads a file that `Fixtures/make.py` wrote.
func fixture(_ name: String, file: String = #filePath) throws -> [UInt8] {
  let url = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Fixtures").appendingPathComponent(name)
  return Array(try Data(contentsOf: url))
}

/// The fault of its own type that reading threw; nil where it threw none.
func fault<Fault: DataFileFault>(_ type: Fault.Type, _ read: () throws -> Void) -> Fault? {
  do {
    try read()
    return nil
  } catch {
    return (error as? DataFileError)?.fault as? Fault ?? error as? Fault
  }
}
