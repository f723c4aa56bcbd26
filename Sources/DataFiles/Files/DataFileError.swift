/// Why a data file can't be read: the file, and a fault of its format.
public struct DataFileError: Error, Sendable {
  /// The file as its reader was told to call it.
  public let file: String
  /// What is wrong; of the format's own fault type.
  public let fault: any DataFileFault

  /// Creates an error.
  public init(file: String, fault: any DataFileFault) {
    self.file = file
    self.fault = fault
  }
}

/// A fault of a file's contents: facts, with their prose beside them.
public protocol DataFileFault: Error, Sendable {
  /// A stable name.
  var code: String { get }
  /// Where in the file: `byte 24`, `line 3, column 7`, `tensor 'wte'`; nil where it is all of it.
  var place: String? { get }
  /// What is wrong, in one sentence.
  var message: String { get }
  /// The remedies.
  var notes: [String] { get }
}

extension DataFileError: CustomStringConvertible {
  /// File, place and fault in one line.
  public var description: String {
    let place = fault.place.map { ", \($0)" } ?? ""
    return "\(file)\(place): \(fault.message)"
  }
}
