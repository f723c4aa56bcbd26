extension RegionValues {
  /// The claims that a region's body says fail, as they were written.
  public static func failedClaims(_ body: String) -> [String] {
    MarkdownTable.tables(in: body).flatMap { table -> [String] in
      guard Phrase.claim.spellings.contains(table.titles.first ?? "") else { return [] }
      return table.rows.compactMap { cells in
        guard let verdict = cells.last, Phrase.fails.spellings.contains(verdict) else { return nil }
        return cells.first
      }
    }
  }
}
