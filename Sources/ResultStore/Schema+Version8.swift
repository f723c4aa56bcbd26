extension Schema {
  /// A record's single values and its environment in rows, so that a comparison need not take whole
  /// records apart.
  ///
  /// The last row is a checksum of the others. Records of earlier versions have none.
  static let version8 = """
    CREATE TABLE recordFact (
      record INTEGER NOT NULL REFERENCES cellRecord (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      value ANY,
      PRIMARY KEY (record, position)
    ) STRICT, WITHOUT ROWID;
    """
}
