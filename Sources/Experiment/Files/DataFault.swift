import DataFiles

/// A malformed data file as a plan tells it: its reader's words, found in the header.
struct DataFault: Hashable {
  let code: String
  let message: String
  let notes: [String]

  init(_ error: DataFileError) {
    code = error.fault.code
    message = error.description
    notes = error.fault.notes
  }
}
