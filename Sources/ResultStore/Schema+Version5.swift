extension Schema {
  /// Which result each region was written from, so that a comparison need not draw the results of
  /// both sides in order to find out.
  static let version5 = """
    CREATE TABLE writtenRegion (
      key TEXT NOT NULL,
      sum TEXT NOT NULL,
      environment TEXT NOT NULL,
      PRIMARY KEY (key, sum)
    ) STRICT, WITHOUT ROWID;
    """
}
