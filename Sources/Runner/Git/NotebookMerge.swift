import Diagnostics
import Foundation
import NotebookSyntax

/// A merge of two versions of a notebook that come from a common one.
///
/// What the authors wrote is merged by git's own three-way merge of lines, as if there were no
/// outputs. Then each output comes back: that of the side that changed it, or, where both did, a
/// note that makes its cell stale. So outputs never conflict.
public struct NotebookMerge: Sendable {
  /// The merged text.
  public let text: [UInt8]
  /// How many conflicts are left in what the authors wrote; their marks are in the text.
  public let conflicts: Int
  /// The cells whose outputs both sides changed.
  public let dropped: [String]

  /// Merges.
  ///
  /// Where a version is no valid notebook, its lines are merged as they are.
  /// - Throws: `RunFault.revision` where git can't merge the lines.
  public init(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], markerSize: Int
  ) throws(RunFault) {
    let versions = [base, ours, theirs].map {
      Notebook(parsing: SourceText(name: "", bytes: $0))
    }
    guard versions.allSatisfy({ !$0.hasErrors }) else {
      (text, conflicts) = try LineMerge.merged(base, ours, theirs, markerSize: markerSize)
      dropped = []
      return
    }
    let lines = try LineMerge.merged(
      versions[0].textWithoutOutputs, versions[1].textWithoutOutputs,
      versions[2].textWithoutOutputs, markerSize: markerSize)
    let outputs = MergedOutputs(base: versions[0], ours: versions[1], theirs: versions[2])
    let merged = Notebook(parsing: SourceText(name: "", bytes: lines.text))
    text = merged.applying(outputs: outputs.updates, spans: outputs.spans)
    conflicts = lines.conflicts
    dropped = outputs.dropped.filter { merged.directive($0) != nil }
  }
}

/// Outputs and values in prose that a merge brings back.
private struct MergedOutputs {
  var updates: [RegionUpdate] = []
  var spans: [String: String] = [:]
  var dropped: [String] = []

  init(base: Notebook, ours: Notebook, theirs: Notebook) {
    var seen: Set<String> = []
    let ids = (ours.directives + theirs.directives).map(\.id).filter { seen.insert($0).inserted }
    for id in ids { addRegions(of: id, base, ours, theirs) }
    addSpans(base, ours, theirs)
  }

  private mutating func addRegions(
    of id: String, _ base: Notebook, _ ours: Notebook, _ theirs: Notebook
  ) {
    func written(_ notebook: Notebook, _ kind: OutputRegion.Kind) -> Written? {
      notebook.directive(id)?.region(kind).map { Written(key: $0.key ?? "", body: $0.bodyText) }
    }
    let out = Choice(written(base, .out), written(ours, .out), written(theirs, .out))
    switch out {
    case .conflict:
      dropped.append(id)
      // Without a key the region is stale whatever the directive says.
      updates.append(RegionUpdate(id: id, kind: .out, key: "", body: Self.note))
    case .ours, .theirs:
      let side = out == .ours ? ours : theirs
      for kind in OutputRegion.Kind.allCases {
        guard let region = written(side, kind) else { continue }
        updates.append(RegionUpdate(id: id, kind: kind, key: region.key, body: region.body))
      }
    }
  }

  private static let note =
    "*Both sides of a merge changed this output: run the notebook to make it anew.*"

  private mutating func addSpans(_ base: Notebook, _ ours: Notebook, _ theirs: Notebook) {
    func values(_ notebook: Notebook) -> [String: String] {
      Dictionary(
        notebook.spans.map { ($0.reference, notebook.source.text(in: $0.contentRange)) }
      ) { first, _ in first }
    }
    let (old, mine, other) = (values(base), values(ours), values(theirs))
    for reference in Set(mine.keys).union(other.keys) {
      switch Choice(old[reference], mine[reference], other[reference]) {
      case .ours: spans[reference] = mine[reference]
      case .theirs: spans[reference] = other[reference]
      case .conflict: break
      }
    }
  }

  /// A region as it was written.
  private struct Written: Equatable {
    let key: String
    let body: String
  }

  /// Which side a value is taken from.
  private enum Choice: Equatable {
    case ours, theirs, conflict

    /// The side that changed it; a side that lacks it has nothing to say.
    init<Value: Equatable>(_ base: Value?, _ ours: Value?, _ theirs: Value?) {
      if theirs == nil || ours == theirs || theirs == base {
        self = .ours
      } else if ours == nil || ours == base {
        self = .theirs
      } else {
        self = .conflict
      }
    }
  }
}

/// Git's three-way merge of lines.
private enum LineMerge {
  static func merged(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], markerSize: Int
  ) throws(RunFault) -> (text: [UInt8], conflicts: Int) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nbrun-merge-\(UUID().uuidString)", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let versions = [("ours", ours), ("base", base), ("theirs", theirs)]
    try makeFolder(folder.path)
    for (name, bytes) in versions {
      let file = folder.appendingPathComponent(name).path
      try writeWhole(bytes, to: file, name: file)
    }
    let labels = versions.flatMap { ["-L", $0.0] }
    let outcome = Git.run(
      ["merge-file", "-p", "--marker-size=\(markerSize)"] + labels
        + versions.map { folder.appendingPathComponent($0.0).path })
    // The status is the number of conflicts; beyond that it is an error.
    guard (0...127).contains(outcome.status), outcome.errors.isEmpty || !outcome.output.isEmpty
    else { throw .revision("both sides", reason: "git can't merge them: \(outcome.errors)") }
    return ([UInt8](outcome.output), Int(outcome.status))
  }
}
