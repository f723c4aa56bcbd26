import Diagnostics

/// Finds circles in a directed graph by depth-first search, without recursion.
struct CircleSearch {
  /// For each node the nodes it leads to, and where that is written.
  let edges: [[(target: Int, range: ByteRange)]]
  private var state: [State]

  /// A circle in the order of its edges, and where it closes.
  struct Circle {
    var cells: [Int]
    var range: ByteRange
  }

  private enum State { case new, open, done }

  init(edges: [[(target: Int, range: ByteRange)]]) {
    self.edges = edges
    self.state = Array(repeating: .new, count: edges.count)
  }

  /// The circles that a search closes: at least one for each set of cells that need each other.
  mutating func circles() -> [Circle] {
    var circles: [Circle] = []
    for start in edges.indices where state[start] == .new { search(from: start, &circles) }
    return circles
  }

  private mutating func search(from start: Int, _ circles: inout [Circle]) {
    var path: [(node: Int, next: Int)] = [(start, 0)]
    state[start] = .open
    while let top = path.last {
      guard top.next < edges[top.node].count else {
        state[top.node] = .done
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let edge = edges[top.node][top.next]
      switch state[edge.target] {
      case .done: continue
      case .new:
        state[edge.target] = .open
        path.append((edge.target, 0))
      case .open:
        let cells = path.map(\.node).drop { $0 != edge.target }
        circles.append(Circle(cells: Array(cells), range: edge.range))
      }
    }
  }
}
