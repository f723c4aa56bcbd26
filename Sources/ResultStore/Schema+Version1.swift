extension Schema {
  /// The first schema.
  ///
  /// Tables are ours to change; the views are the contract with queries and other programs.
  /// Times are seconds since 1970 in tables and ISO 8601 in views; order is that of `id`, which
  /// never goes backwards as a clock may. NaN is NULL, as SQLite has none.
  static let version1 = """
    CREATE TABLE notebookRun (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started REAL NOT NULL,
      finished REAL,
      notebook TEXT NOT NULL,
      command TEXT NOT NULL,
      gitCommit TEXT,
      gitDirty INTEGER CHECK (gitDirty IN (0, 1)),
      environment TEXT
    ) STRICT;

    CREATE TABLE cellRecord (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run INTEGER NOT NULL REFERENCES notebookRun (id),
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      environment TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('ok', 'failed')),
      created REAL NOT NULL,
      record TEXT NOT NULL,
      series BLOB NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX cellRecordByKey ON cellRecord (key, environment, status);

    CREATE TABLE runCell (
      run INTEGER NOT NULL REFERENCES notebookRun (id) ON DELETE CASCADE,
      cell TEXT NOT NULL,
      position INTEGER NOT NULL,
      record INTEGER NOT NULL REFERENCES cellRecord (id),
      reused INTEGER NOT NULL CHECK (reused IN (0, 1)),
      PRIMARY KEY (run, cell)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX runCellByCell ON runCell (cell, run);
    CREATE INDEX runCellByRecord ON runCell (record);

    CREATE TABLE keyPart (
      key TEXT NOT NULL,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (key, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE metricValue (
      record INTEGER NOT NULL REFERENCES cellRecord (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      step INTEGER,
      value REAL
    ) STRICT;
    CREATE INDEX metricValueByRecord ON metricValue (record, name, step);

    CREATE TABLE memoryValue (
      record INTEGER NOT NULL REFERENCES cellRecord (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (record, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE timingValue (
      record INTEGER NOT NULL REFERENCES cellRecord (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      seconds REAL,
      PRIMARY KEY (record, name)
    ) STRICT, WITHOUT ROWID;

    -- run: one row for each run.
    CREATE VIEW run AS
    SELECT id AS run,
      strftime('%Y-%m-%dT%H:%M:%fZ', started, 'unixepoch') AS started,
      strftime('%Y-%m-%dT%H:%M:%fZ', finished, 'unixepoch') AS finished,
      notebook, command, gitCommit AS git_commit, gitDirty AS git_dirty,
      json_extract(environment, '$.numerics') AS numerics,
      json_extract(environment, '$.kernels') AS kernels,
      json_extract(environment, '$.blas') AS blas,
      json_extract(environment, '$.threads') AS threads,
      json_extract(environment, '$.engine') AS engine
    FROM notebookRun;

    -- history: one row for each cell of each run; reused is 1 where the result was a cached one.
    CREATE VIEW history AS
    SELECT notebookRun.notebook, runCell.cell, runCell.run, runCell.position, cellRecord.kind,
      cellRecord.status, cellRecord.key, cellRecord.environment, runCell.reused,
      strftime('%Y-%m-%dT%H:%M:%fZ', cellRecord.created, 'unixepoch') AS created,
      runCell.record
    FROM runCell
    JOIN notebookRun ON notebookRun.id = runCell.run
    JOIN cellRecord ON cellRecord.id = runCell.record;

    -- cell: each notebook's cells as their latest run left them.
    CREATE VIEW cell AS
    SELECT notebook, cell, max(run) AS run, position, kind, status, key, environment, created,
      record
    FROM history
    GROUP BY notebook, cell;

    -- metric: recorded quantities of these cells; step is NULL for those of a whole run.
    CREATE VIEW metric AS
    SELECT cell.notebook, cell.cell, metricValue.name, metricValue.step, metricValue.value
    FROM cell JOIN metricValue ON metricValue.record = cell.record;

    -- memory: sizes in bytes: peak, planned_peak, reserved, parameters, activations, …
    CREATE VIEW memory AS
    SELECT cell.notebook, cell.cell, memoryValue.name, memoryValue.bytes
    FROM cell JOIN memoryValue ON memoryValue.record = cell.record;

    -- timing: times in seconds: step_median, forward, backward, recompute, optimizer, total.
    CREATE VIEW timing AS
    SELECT cell.notebook, cell.cell, timingValue.name, timingValue.seconds
    FROM cell JOIN timingValue ON timingValue.record = cell.record;
    """
}
