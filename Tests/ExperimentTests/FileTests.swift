import Experiment
import Glibc
import TestSupport
import Testing

@Suite("Project files")
struct FileTests {
  private let files = MemoryFiles([
    "a.md": "", "b.txt": "", "notes/c.md": "", "notes/deep/d.md": "", "results/e.md": "",
    ".git/f.md": "", "notes/.hidden.md": "", "notes/é.md": "",
  ])

  @Test(
    "Wildcards stand for names and folders, hidden ones and results left out",
    arguments: [
      ("*.md", ["a.md"]), ("?.md", ["a.md"]), ("notes/*.md", ["notes/c.md", "notes/é.md"]),
      ("**/*.md", ["a.md", "notes/c.md", "notes/deep/d.md", "notes/é.md"]),
      ("notes/**", ["notes/c.md", "notes/deep/d.md", "notes/é.md"]),
      ("results/*.md", ["results/e.md"]), (".git/*", [".git/f.md"]),
      ("notes/.h*", ["notes/.hidden.md"]), ("./a.md", ["a.md"]), ("**/d*", ["notes/deep/d.md"]),
    ])
  func wildcards(pattern: String, expected: [String]) throws {
    #expect(try files.paths(matching: pattern) == expected)
  }

  @Test("Paths out of the project are refused", arguments: ["../x", "a/../../x", "notes/.."])
  func upward(path: String) {
    #expect(throws: FileFault.outsideProject(path)) { try files.paths(matching: path) }
  }

  @Test("Absolute and empty paths are refused")
  func absolute() {
    #expect(throws: FileFault.absolute("/etc/passwd")) { try files.paths(matching: "/etc/passwd") }
    #expect(throws: FileFault.absolute("~/x")) { try files.paths(matching: "~/x") }
    #expect(throws: FileFault.invalidPath("")) { try files.paths(matching: "") }
    #expect(throws: FileFault.invalidPath("a\0b")) { try files.paths(matching: "a\0b") }
  }

  @Test("A missing file suggests the nearest one")
  func missing() {
    #expect(throws: FileFault.missing("notes/d.md", near: "notes/c.md")) {
      try files.paths(matching: "notes/d.md")
    }
  }

  @Test("A pattern of many stars ends")
  func manyStars() {
    let pattern = String(repeating: "*a", count: 40) + ".md"
    #expect(throws: FileFault.noMatch(pattern)) { try files.paths(matching: pattern) }
  }

  @Test("A folder's files are read, its bytes as they are")
  func folder() throws {
    let folder = try TemporaryDirectory()
    try folder.write("notes/a.md", bytes: [0xFF, 10, 0])
    let files = try FolderFiles(root: folder.path)
    #expect(try files.paths(matching: "**/*.md") == ["notes/a.md"])
    #expect(try files.contents(of: "notes/a.md") == [0xFF, 10, 0])
  }

  @Test("Links inside the project are followed, links out of it are refused")
  func links() throws {
    let folder = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    try outside.write("secret.md", "secret")
    try folder.write("in/a.md", "a")
    symlink("in/a.md", folder.path("link.md"))
    symlink(outside.path("secret.md"), folder.path("out.md"))
    symlink(outside.path, folder.path("elsewhere"))
    symlink(".", folder.path("loop"))
    let files = try FolderFiles(root: folder.path)
    #expect(try files.paths(matching: "link.md") == ["link.md"])
    #expect(try files.paths(matching: "in/**/*.md") == ["in/a.md"])
    #expect(throws: FileFault.outsideProject("out.md")) { try files.paths(matching: "out.md") }
    #expect(throws: FileFault.outsideProject("out.md")) { try files.contents(of: "out.md") }
    #expect(throws: FileFault.outsideProject("elsewhere")) {
      try files.paths(matching: "elsewhere/secret.md")
    }
    #expect(throws: FileFault.outsideProject("elsewhere/secret.md")) {
      try files.contents(of: "elsewhere/secret.md")
    }
  }

  @Test("Pipes and devices are refused without waiting for them")
  func pipes() throws {
    let folder = try TemporaryDirectory()
    mkfifo(folder.path("pipe.md"), 0o600)
    let files = try FolderFiles(root: folder.path)
    #expect(throws: FileFault.notRegular("pipe.md")) { try files.paths(matching: "pipe.md") }
    #expect(throws: FileFault.notRegular("pipe.md")) { try files.contents(of: "pipe.md") }
  }

  @Test("A file of more than 256 MiB is refused unread")
  func tooLarge() throws {
    let folder = try TemporaryDirectory()
    try folder.write("big.md", "")
    truncate(folder.path("big.md"), 257 << 20)
    let files = try FolderFiles(root: folder.path)
    #expect(throws: FileFault.tooLarge("big.md", limit: 256 << 20)) {
      try files.contents(of: "big.md")
    }
  }
}
