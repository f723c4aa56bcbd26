extension Schema {
  /// What a run left in its notebook, so that the next one can tell without reading any record
  /// that there is nothing to do.
  static let version3 = """
    CREATE TABLE writtenNotebook (
      notebook TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      figures TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
