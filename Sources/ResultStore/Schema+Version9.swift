extension Schema {
  /// How many of a run's records were removed since, so that what is left is not taken for all.
  static let version9 = """
    ALTER TABLE notebookRun ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
    """
}
