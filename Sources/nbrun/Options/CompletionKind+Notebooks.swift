import ArgumentParser

extension CompletionKind {
  /// Markdown files.
  static var notebooks: CompletionKind { .file(extensions: ["md", "markdown"]) }
}
