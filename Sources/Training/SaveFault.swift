public import DataFiles

/// Why something could not be saved.
public enum SaveFault: Error, Hashable, Sendable {
  /// The system refused it.
  case system(SystemFault)
  /// A model that something else wrote is in the folder, with this file.
  case foreign(file: String)
  /// Another reason, in words.
  case other(String)
}
