public import Experiment

/// Where a notebook's text comes from.
public enum NotebookInput: Sendable {
  /// A file.
  case file(String)
  /// Bytes from elsewhere, as if they were a notebook in the working directory.
  case bytes([UInt8])

  /// How messages name it.
  public var name: String {
    switch self {
    case .file(let name): name
    case .bytes: "<stdin>"
    }
  }

  /// Reads a file, or takes the bytes.
  ///
  /// - Throws: `RunFault.unreadable`.
  func read() throws(RunFault) -> NotebookFile {
    switch self {
    case .file(let name): try NotebookFile(name: name)
    case .bytes(let bytes): NotebookFile(bytes: bytes, name: name)
    }
  }

  /// The settings that the notebook has in a run; nil where they can't ask for portable numerics, or
  /// where it can't be read or is not valid.
  public func settings(options: RunOptions) -> Settings? {
    // Only portable numerics ask for anything, and the word has to come from somewhere: most
    // notebooks need not be read twice.
    guard let file = try? read(),
      file.bytes.contains(text: "portable")
        || options.overrides.contains(where: { $0.text == "portable" })
    else { return nil }
    return try? OpenNotebook(
      file: file, overrides: options.overrides, settings: options.settings
    ).plan.settings
  }
}

extension OpenNotebook {
  /// Reads, parses and checks a notebook.
  ///
  /// - Throws: `RunFault.invalid` with everything that is wrong, or `.unreadable`.
  public init(
    _ input: NotebookInput, overrides: [ParameterOverride] = [],
    settings: SettingsOverrides = SettingsOverrides()
  ) throws(RunFault) {
    try self.init(file: try input.read(), overrides: overrides, settings: settings)
  }
}

extension NotebookRun {
  /// Opens and checks a notebook for a run; bytes from elsewhere need no lock, as no file is
  /// written.
  ///
  /// - Throws: `RunFault`; nothing has run then.
  public convenience init(
    _ input: NotebookInput, options: RunOptions, tell: @escaping (RunEvent) -> Void,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(RunFault) {
    switch input {
    case .file(let name):
      try self.init(name, options: options, tell: tell, shouldStop: shouldStop)
    case .bytes:
      var options = options
      options.output = options.output ?? .standardOutput
      let open = try OpenNotebook(input, overrides: options.overrides, settings: options.settings)
      try self.init(open, options: options, tell: tell, shouldStop: shouldStop)
    }
  }
}

extension [UInt8] {
  /// Whether the text is among the bytes; a plain scan, as the library's general search took longer
  /// than everything else in a run that finds all its results.
  fileprivate func contains(text: String) -> Bool {
    let pattern = Array(text.utf8)
    return indices.contains { self[$0] == pattern.first && self[$0...].starts(with: pattern) }
  }
}
