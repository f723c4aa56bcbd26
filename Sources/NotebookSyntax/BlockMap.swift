import Diagnostics

/// Where a notebook's code is, and in which containers; and where its paragraphs are.
struct BlockMap {
  /// A code block that could be a directive.
  struct Fence {
    /// The lines (from 1) of the opening fence and of the end as cmark sees it.
    var lines: ClosedRange<Int>
    /// The containers around it.
    var container: ContainerPath
    /// Where the opening line's marks begin.
    var start: Int
    /// Columns before the marks, which the body's lines may have too.
    var indentation: Int
  }

  /// Fenced blocks with an info string, in document order.
  private(set) var fences: [Fence] = []
  /// The lines of all code blocks, ascending.
  private(set) var codeLines: [ClosedRange<Int>] = []
  /// The lines of all paragraphs and headings, ascending.
  private var paragraphs: [ClosedRange<Int>] = []

  /// Reads the blocks from an offset on, where the first line of the Markdown text begins.
  init(of source: SourceText, from start: Int, line first: Int) {
    var paths = ContainerPaths(
      of: source, blocks: CommonMark.blocks(of: source.bytes[start...]), firstLine: first)
    for block in paths.blocks {
      if case .paragraph = block.kind {
        paragraphs.append(block.startLine...max(block.startLine, block.endLine))
      }
      guard case .code(let hasInfo) = block.kind else { continue }
      let containers = paths.containers(around: block)
      let path = ContainerPath(steps: containers.map(\.step))
      let lines = paths.lines(of: block, in: path)
      codeLines.append(lines)
      guard hasInfo else { continue }
      let (start, indentation) = source.reading(line: lines.lowerBound) { cursor in
        for container in containers { cursor.pass(container, onLine: lines.lowerBound) }
        let indentation = cursor.skipColumns(3)
        return (cursor.offset, indentation)
      }
      fences.append(
        Fence(lines: lines, container: path, start: start, indentation: indentation))
    }
  }

  /// Whether a line is part of a code block, fences included.
  func isCode(line: Int) -> Bool { Self.range(in: codeLines, with: line) != nil }

  /// The lines of the paragraph or heading that a line is part of.
  func paragraph(of line: Int) -> ClosedRange<Int>? { Self.range(in: paragraphs, with: line) }

  /// The range of ascending ones that a line is in.
  private static func range(
    in ranges: [ClosedRange<Int>], with line: Int
  ) -> ClosedRange<Int>? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < line { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(line) ? ranges[low] : nil
  }
}
