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

  /// The options of a run of it: what comes from no file is not written to one.
  func completing(_ options: RunOptions) -> RunOptions {
    guard case .bytes = self else { return options }
    var options = options
    options.output = options.output ?? .standardOutput
    return options
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
      let options = input.completing(options)
      let open = try OpenNotebook(input, overrides: options.overrides, settings: options.settings)
      try self.init(open, options: options, tell: tell, shouldStop: shouldStop)
    }
  }
}
