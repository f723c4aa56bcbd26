import Diagnostics

/// Finds the columns of containers, each once and only those around code.
struct ContainerPaths {
  /// A container and the line that its marker stands on.
  struct Container {
    var step: ContainerPath.Step
    var line: Int
  }

  /// The blocks, with their lines counted from the start of the source.
  let blocks: [BlockNode]
  private let source: SourceText
  private var known: [Int: [Container]] = [:]

  /// Takes cmark's blocks of a text that begins on a line of the source.
  init(of source: SourceText, blocks: [BlockNode], firstLine: Int) {
    self.source = source
    self.blocks = blocks.map { block in
      var block = block
      block.startLine += firstLine - 1
      block.endLine += firstLine - 1
      return block
    }
  }

  /// The containers around a block, outermost first.
  mutating func containers(around block: BlockNode) -> [Container] {
    var missing: [Int] = []
    var index = block.parent
    while let above = index, known[above] == nil {
      missing.append(above)
      index = blocks[above].parent
    }
    var path = index.flatMap { known[$0] } ?? []
    for container in missing.reversed() {
      path.append(resolved(blocks[container], in: path))
      known[container] = path
    }
    return path
  }

  /// A code block's lines.
  ///
  /// cmark counts the line after an unclosed fence in a container as its last line, although that
  /// line ended the container.
  func lines(of block: BlockNode, in path: ContainerPath) -> ClosedRange<Int> {
    let last = min(max(block.startLine, block.endLine), source.lineCount)
    guard last > block.startLine, source.content(ofLine: last, in: path) == nil else {
      return block.startLine...last
    }
    return block.startLine...(last - 1)
  }

  private func resolved(_ block: BlockNode, in path: [Container]) -> Container {
    guard case .item = block.kind else { return Container(step: .quote, line: block.startLine) }
    let columns = source.reading(line: block.startLine) { cursor in
      for container in path { cursor.pass(container, onLine: block.startLine) }
      return cursor.passItemMarker() ?? 0
    }
    return Container(step: .item(columns: columns), line: block.startLine)
  }
}

extension LineCursor {
  /// Passes a container's share of a line that is known to lie in it, its marker if that stands on
  /// this line.
  mutating func pass(_ container: ContainerPaths.Container, onLine line: Int) {
    if case .item = container.step, container.line == line {
      _ = passItemMarker()
    } else {
      _ = pass(container.step)
    }
  }
}
