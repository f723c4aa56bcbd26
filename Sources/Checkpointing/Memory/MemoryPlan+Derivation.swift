import ModelGraph

extension MemoryPlan {
  init(_ schedule: Schedule, map: StorageMap, layout: Layout, graph: Graph) {
    timeline = Self.timeline(schedule, map: map, layout: layout)
    if let peak = timeline.indices.max(by: { Self.isBelow(timeline, $0, $1) }) {
      peakPosition = peak
      peakOperation = schedule.operations[peak].label
      largest = Self.largest(at: peak, map: map, layout: layout)
    }
    operations = schedule.operations.map(\.label)
    lifetimes = Self.lifetimes(map)
    layers = Self.layers(schedule, map: map, graph: graph)
    keptTensors = Self.keptTensors(schedule, map: map)
    // As kept values are named: by the first of the tensors that continue one another in place.
    diskTensors = DiskLifetime.all(in: schedule).map {
      Item(name: map.storages[map.storage[$0.value]].name, byteCount: $0.byteCount)
    }
    diskBytes = layout.regionBytes[.disk] ?? 0
    for operation in schedule.operations {
      let cost = operation.kind.rule.flops
      if operation.phase == .recompute {
        recomputedOperations += 1
        recomputedFlops += cost
      } else {
        flops += cost
      }
    }
  }

  /// Orders positions by live bytes, of equal ones the later first, so that the maximum is the first.
  private static func isBelow(_ timeline: [Usage], _ left: Int, _ right: Int) -> Bool {
    (timeline[left].total, -left) < (timeline[right].total, -right)
  }

  private static func timeline(
    _ schedule: Schedule, map: StorageMap, layout: Layout
  ) -> [Usage] {
    // Bytes that begin at a position and bytes that ended before it: one pass whatever the lifetimes.
    let count = schedule.operations.count
    var begins = Array(repeating: [Int](), count: count)
    var ends = Array(repeating: [Int](), count: count + 1)
    for (index, storage) in map.storages.enumerated() {
      begins[storage.lifetime.lowerBound].append(index)
      ends[storage.lifetime.upperBound + 1].append(index)
    }
    var live = Usage(phase: .forward)
    return schedule.operations.indices.map { position in
      for index in begins[position] { live.add(map.storages[index], sign: 1) }
      for index in ends[position] { live.add(map.storages[index], sign: -1) }
      var usage = live
      usage.phase = schedule.operations[position].phase
      usage.workspace = layout.workspaces[position]?.byteCount ?? 0
      return usage
    }
  }

  private static func largest(at position: Int, map: StorageMap, layout: Layout) -> [Item] {
    var items = map.storages.filter { $0.lifetime.contains(position) }
      .map { Item(name: $0.name, byteCount: $0.byteCount) }
    if let workspace = layout.workspaces[position] {
      items.append(Item(name: "workspace", byteCount: workspace.byteCount))
    }
    return items.sorted { ($1.byteCount, $0.name) < ($0.byteCount, $1.name) }
  }

  /// Rows for the model's parts: each block, and each top-level layer outside of blocks.
  private static func layers(
    _ schedule: Schedule, map: StorageMap, graph: Graph
  ) -> [LayerUsage] {
    var parts = graph.parts.map { LayerUsage(layer: $0, parameters: 0, kept: 0, recomputed: 0) }
    let place = Dictionary(uniqueKeysWithValues: parts.enumerated().map { ($1.layer, $0) })
    // Many tensors belong to one layer.
    var known: [String: Int?] = [:]
    func part(of layer: String) -> Int? {
      if let part = known[layer] { return part }
      let part = layer.pathPrefixes.lazy.compactMap { place[$0] }.first
      known[layer] = .some(part)
      return part
    }
    let firstBackward =
      schedule.operations.firstIndex { $0.phase == .backward } ?? schedule.operations.count
    for storage in map.storages {
      guard let index = part(of: storage.layer) else { continue }
      if [.parameter, .statistic].contains(storage.role) {
        parts[index].parameters += storage.byteCount
      }
      guard storage.role == .activation else { continue }
      if storage.phase == .forward, storage.lifetime.upperBound > firstBackward {
        parts[index].kept += storage.byteCount
      }
      if storage.phase == .recompute { parts[index].recomputed += storage.byteCount }
    }
    for value in DiskLifetime.all(in: schedule) {
      let layer = map.storages[map.storage[value.value]].layer
      if let index = part(of: layer) { parts[index].disk += value.byteCount }
    }
    return parts
  }
}

extension Graph {
  /// The paths of the model's parts in its order: each block, each named top-level layer outside of
  /// blocks, what is in unnamed groups there, the head.
  var parts: [String] {
    let named = partPaths(of: layers)
    var seen = Set<String>()
    let paths = operations.map { operation in
      operation.layer.pathPrefixes.first(where: named.contains) ?? operation.layer
    }
    return (paths + (head.map { [$0.layer] } ?? [])).filter { seen.insert($0).inserted }
  }

  private func partPaths(of nodes: [LayerNode]) -> Set<String> {
    nodes.reduce(into: []) { paths, node in
      let hasBlocks = node.children.contains { $0.flattened.contains(where: \.isBlock) }
      if node.path.isEmpty || (hasBlocks && !node.isBlock) {
        paths.formUnion(partPaths(of: node.children))
      } else {
        paths.insert(node.path)
      }
    }
  }
}

extension String {
  /// A layer's path and the paths of the layers around it, innermost first.
  fileprivate var pathPrefixes: [String] {
    var prefixes = [self]
    var path = self[...]
    while let dot = path.lastIndex(of: ".") {
      path = path[..<dot]
      prefixes.append(String(path))
    }
    return prefixes
  }
}
