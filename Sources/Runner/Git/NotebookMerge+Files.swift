extension NotebookMerge {
  /// Merges files as git hands them to a merge driver; the result takes the place of the second.
  ///
  /// - Throws: `RunFault.unreadable`, `.unwritable`, `.revision`.
  public init(
    base: String, ours: String, theirs: String, markerSize: Int
  ) throws(RunFault) {
    let mine = try NotebookFile(name: ours)
    try self.init(
      base: try NotebookFile(name: base).bytes, ours: mine.bytes,
      theirs: try NotebookFile(name: theirs).bytes, markerSize: markerSize)
    if text != mine.bytes { try writeWhole(text, to: mine.path, name: ours) }
  }

  /// Ok, or that conflicts are left.
  public var exitCode: ExitCode { conflicts == 0 ? .ok : .differences }
}
