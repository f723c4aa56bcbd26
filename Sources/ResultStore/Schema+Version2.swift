extension Schema {
  /// A run's environment no longer names a BLAS, as products are nbrun's own.
  static let version2 = """
    DROP VIEW run;

    -- run: one row for each run.
    CREATE VIEW run AS
    SELECT id AS run,
      strftime('%Y-%m-%dT%H:%M:%fZ', started, 'unixepoch') AS started,
      strftime('%Y-%m-%dT%H:%M:%fZ', finished, 'unixepoch') AS finished,
      notebook, command, gitCommit AS git_commit, gitDirty AS git_dirty,
      json_extract(environment, '$.numerics') AS numerics,
      json_extract(environment, '$.kernels') AS kernels,
      json_extract(environment, '$.threads') AS threads,
      json_extract(environment, '$.engine') AS engine
    FROM notebookRun;
    """
}
