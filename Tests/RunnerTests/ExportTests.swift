import Diagnostics
import Foundation
import Runner
import TestSupport
import Testing

@Suite("Exports")
struct ExportTests {
  private func export(_ project: SmallProject, _ paths: [String]? = nil) throws -> SiteExport {
    try SiteExport(
      paths ?? [project.path], output: project.folder.path, options: project.options)
  }

  @Test("The page of a notebook that ran shows its figures alive, with the tensors of the step")
  func live() throws {
    let project = try SmallProject()
    try project.run()
    let export = try export(project)
    #expect(export.isSingle)
    let html = try #require(export.pages.first?.html)
    #expect(html.components(separatedBy: "class=\"plot live\"").count == 5)
    #expect(html.contains("\"fc1.weight\""))
    #expect(html.contains("\"backward fc1 (linear)\""))
    #expect(!html.contains("badge stale") && !html.contains("badge missing"))
  }

  @Test("Without a store the memory of a step is known all the same, from the plan")
  func withoutStore() throws {
    let project = try SmallProject()
    try project.run()
    for name in try FileManager.default.contentsOfDirectory(atPath: project.folder.path("results"))
    where name.hasPrefix("nbrun.sqlite") {
      try FileManager.default.removeItem(atPath: project.folder.path("results/\(name)"))
    }
    let html = try #require(try export(project).pages.first?.html)
    #expect(html.components(separatedBy: "class=\"plot live\"").count == 3)
    #expect(html.contains("\"backward fc1 (linear)\""))
  }

  @Test("An export never replaces a notebook that it is made of")
  func ownNotebook() throws {
    let project = try SmallProject()
    let before = try project.text
    let link = project.folder.path("link.html")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: project.path)
    for target in [project.path, link] {
      #expect {
        try SiteExport.write("x", to: target, from: [project.path])
      } throws: { error in
        (error as? RunFault)?.exitCode == .invalid
      }
    }
    #expect(try project.text == before)
    try SiteExport.write("x", to: project.folder.path("a.html"), from: [project.path])
    #expect(try project.folder.text("a.html") == "x")
  }

  @Test("A page marks what is stale, and keeps its figures still")
  func stale() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("batch: 8\noptimizer", "batch: 4\noptimizer")
    let html = try #require(try export(project).pages.first?.html)
    #expect(html.contains("<section class=\"cell stale\" id=\"cell-kept\""))
    #expect(html.contains("<a href=\"#cell-kept\">kept</a>: stale"))
  }

  @Test("A page marks cells whose latest run failed")
  func failed() throws {
    let project = try SmallProject()
    try project.edit("steps: 5\nbatch: 8", "steps: 5\nbatch: 8\nmemory_limit: 1 KiB")
    try project.run()
    let html = try #require(try export(project).pages.first?.html)
    #expect(html.contains("<section class=\"cell failed\" id=\"cell-kept\""))
    #expect(html.contains("tried to reserve"))
  }

  @Test("A folder becomes a site: pages, an index, links from page to page and out of it")
  func site() throws {
    let project = try SmallProject("# A\n\n[b](deep/b.md#x) [data](data.csv) [no](gone.md)\n")
    try project.folder.write("deep/b.md", "# B\n\n[a](../notebook.md)\n")
    try project.folder.write("data.csv", "1\n")
    try project.folder.write(".hidden/c.md", "# C\n")
    let export = try SiteExport(
      [project.folder.path], output: project.folder.path("out"), options: project.options)
    #expect(!export.isSingle)
    #expect(export.pages.map(\.address) == ["index.html", "deep/b.html", "notebook.html"])
    let pages = Dictionary(uniqueKeysWithValues: export.pages.map { ($0.address, $0.html) })
    let page = try #require(pages["notebook.html"])
    #expect(page.contains("<a href=\"deep/b.html#x\">b</a>"))
    #expect(page.contains("<a href=\"../data.csv\">data</a>"))
    #expect(page.contains("<a href=\"gone.md\">no</a>"))
    #expect(pages["deep/b.html"]?.contains("<a href=\"../notebook.html\">a</a>") == true)
    try export.write(toFolder: project.folder.path("out"))
    #expect(try project.folder.text("out/deep/b.html") == pages["deep/b.html"])
  }

  @Test(
    "A page shows no file from outside of the project",
    arguments: [
      "../secret.png", "%2e%2e/secret.png", "link.png", "/etc/hostname", "results/../../secret.png",
    ])
  func outside(address: String) throws {
    let around = try TemporaryDirectory()
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]
    try around.write("secret.png", bytes: png)
    try around.write("project/results/x", "")
    try around.write("project/inside.png", bytes: png)
    try FileManager.default.createSymbolicLink(
      atPath: around.path("project/link.png"), withDestinationPath: around.path("secret.png"))
    let path = try around.write("project/a.md", "![a](\(address)) ![b](inside.png)\n")
    let export = try SiteExport([path], output: around.path, options: RunOptions())
    let html = try #require(export.pages.first?.html)
    #expect(html.components(separatedBy: "data:image/png;base64,").count == 2)
    #expect(html.contains("image not found: a"))
  }

  @Test("Records come out as JSON and as tables, and a cell without one is a warning")
  func records() throws {
    let project = try SmallProject()
    let empty = try RecordExport([CellAddress(project.path)], options: project.options)
    #expect(empty.warnings.map(\.code) == Array(repeating: "no-record", count: 5))
    #expect(empty.json.text == "[]\n")
    try project.run()
    let export = try RecordExport([CellAddress(project.path)], options: project.options)
    #expect(export.warnings.isEmpty)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(export.json.text.utf8)) as? [[String: Any]])
    #expect(json.map { $0["id"] as? String } == ["spirals", "net", "kept", "again", "claims"])
    #expect(json.allSatisfy { $0["notebook"] as? String == "notebook.md" })
    let rows = export.values.split(separator: "\n")
    #expect(rows[0] == "notebook,cell,kind,current,name,value,unit")
    #expect(rows.contains("notebook.md,kept,train,true,steps,5,"))
    #expect(
      rows.contains {
        $0.hasPrefix("notebook.md,kept,train,true,memory.peak,") && $0.hasSuffix(",B")
      })
    let series = try RecordExport([CellAddress("\(project.path)#kept")], options: project.options)
      .series.split(separator: "\n")
    #expect(series.count == 6)
    #expect(series[1].hasPrefix("notebook.md,kept,loss,1,"))
  }
}
