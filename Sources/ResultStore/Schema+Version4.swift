extension Schema {
  /// A run tells the machine that it ran on and the digest of what git had not committed; a long
  /// history is found by notebook, and taken apart by run.
  static let version4 = """
    ALTER TABLE notebookRun ADD COLUMN gitDiff TEXT;
    ALTER TABLE notebookRun ADD COLUMN machine TEXT;
    CREATE INDEX notebookRunByNotebook ON notebookRun (notebook, id);
    CREATE INDEX cellRecordByRun ON cellRecord (run);

    DROP VIEW run;

    -- run: one row for each run.
    CREATE VIEW run AS
    SELECT id AS run,
      strftime('%Y-%m-%dT%H:%M:%fZ', started, 'unixepoch') AS started,
      strftime('%Y-%m-%dT%H:%M:%fZ', finished, 'unixepoch') AS finished,
      notebook, command, gitCommit AS git_commit, gitDirty AS git_dirty, gitDiff AS git_diff,
      json_extract(environment, '$.numerics') AS numerics,
      json_extract(environment, '$.kernels') AS kernels,
      json_extract(environment, '$.threads') AS threads,
      json_extract(environment, '$.engine') AS engine,
      json_extract(machine, '$.processor') AS processor,
      json_extract(machine, '$.release') AS release
    FROM notebookRun;
    """
}
