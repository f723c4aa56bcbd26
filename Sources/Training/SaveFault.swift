public import DataFiles

/// Why something could not be saved.
public enum SaveFault: Error, Hashable, Sendable {
  /// The system refused it.
  case system(SystemFault)
  /// Another reason, in words.
  case other(String)
}
