import Diagnostics

extension RecordDiff {
  /// The blocks as one page that needs nothing else: no network, no script, light and dark.
  public func html(options: DiffOptions = DiffOptions()) -> String {
    var body = header
    for (block, shown) in shownBlocks(options) {
      body += section(block.title, table(of: shown), shown.map(\.verdict.htmlClass))
      guard block == .memory, !causes.isEmpty else { continue }
      body += section(Self.causesTitle, causesTable, causes.map { _ in "cause" })
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(HTMLText.escaped(title))</title>
      <style>\(Self.sheet)</style>
      </head>
      <body>
      <main>
      \(body)</main>
      </body>
      </html>

      """
  }

  private var title: String { sides.map { "\($0.before) → \($0.after)" } ?? "Differences" }

  private var header: String {
    var lines = ["<h1>Differences</h1>"]
    if let sides {
      lines.append(
        "<p class=\"sides\"><b>A</b> <code>\(HTMLText.escaped(sides.before))</code> "
          + "<b>B</b> <code>\(HTMLText.escaped(sides.after))</code></p>")
    }
    let isSame = !hasDifferences && unplanned.isEmpty && uncompared.isEmpty
    let kind = isSame ? "same" : "changed"
    lines.append("<p class=\"summary \(kind)\" role=\"status\">\(HTMLText.escaped(summary))</p>")
    lines += notes.map { "<p class=\"note\">\(HTMLText.escaped($0))</p>" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ table: Table, _ classes: [String]) -> String {
    """
    <section>
    <h2>\(title)</h2>
    <div class="scroll" role="region" aria-label="\(title)" tabindex="0">
    \(table.html(rowClasses: classes))
    </div>
    </section>

    """
  }

  /// Verdicts differ in their words, not in colour alone.
  private static let sheet = """

    :root{--ground:#fff;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--head:#f6f8fa;\
    --red:#d1242f;--redground:#ffebe9;--amber:#9a6700;--blue:#0969da;--green:#1a7f37}
    @media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#f0f6fc;--soft:#9198a1;\
    --line:#3d444d;--head:#151b23;--red:#ff7b72;--redground:#3c1618;--amber:#d29922;\
    --blue:#4493f8;--green:#3fb950}}
    body{margin:0;background:var(--ground);color:var(--text);\
    font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
    main{max-width:72rem;margin:0 auto;padding:1.5rem}
    h1{font-size:1.5rem;margin:0 0 .5rem}
    h2{font-size:1.1rem;margin:1.75rem 0 .5rem}
    code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.9em;\
    overflow-wrap:anywhere}
    .sides b:not(:first-child){margin-left:1.5rem}
    .summary{border-left:4px solid var(--green);padding:.4rem .8rem;background:var(--head)}
    .summary.changed{border-color:var(--red)}
    .note{color:var(--soft)}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;\
    white-space:nowrap}
    th{background:var(--head);font-weight:600}
    .r{text-align:right}
    tr.changed td:last-child,tr.missing td:last-child{color:var(--red)}
    tr.changed,tr.missing{background:var(--redground)}
    tr.within td:last-child{color:var(--amber)}
    tr.new td:last-child{color:var(--blue)}
    tr.same{color:var(--soft)}
    @media print{main{max-width:none;padding:0}.scroll{overflow:visible}td,th{white-space:normal}}

    """
}

extension RecordDiff.Verdict {
  fileprivate var htmlClass: String {
    switch self {
    case .same, .changed, .missing, .new: rawValue
    case .within: "within"
    }
  }
}
