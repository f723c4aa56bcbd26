import Diagnostics
import KernelTable
import ModelGraph

/// Layers that change an image's size or what its numbers are taken for.
extension LayerReader {
  func pooling(_ choice: Variant, _ kind: (PoolingSpec) -> LayerKind) -> LayerSpec? {
    if let node = choice.details, choice.hasDetails, !node.isMapping {
      return plane(node, "kernel").map { LayerSpec(kind(PoolingSpec(kernel: $0))) }
    }
    let known = ["kernel", "stride", "padding", "name"]
    guard let keys = required(choice, known, "{kernel: 2}") else { return nil }
    let kernel = keys.required("kernel").flatMap { plane($0, "kernel") } ?? PlaneSize(1)
    let spec = PoolingSpec(
      kernel: kernel, stride: plane(keys, "stride"),
      padding: plane(keys, "padding", least: 0) ?? PlaneSize(0))
    return named(keys, kind(spec))
  }

  /// `upsample: 2` or `upsample: {factor: 2}`.
  func upsample(_ choice: Variant) -> LayerSpec? {
    if let node = choice.details, choice.hasDetails, !node.isMapping {
      return plane(node, "factor").map { LayerSpec(.upsample($0)) }
    }
    guard let keys = required(choice, ["factor", "name"], "2") else { return nil }
    let factor = keys.required("factor").flatMap { plane($0, "factor") }
    return named(keys, .upsample(factor ?? PlaneSize(1)))
  }

  /// `reshape: [8, 8, 16]` or `reshape: {shape: […]}`.
  func reshape(_ choice: Variant) -> LayerSpec? {
    if let node = choice.details, choice.hasDetails, !node.isMapping {
      return LayerSpec(.reshape(extents(node)))
    }
    guard let keys = required(choice, ["shape", "name"], "[8, 8, 16]") else { return nil }
    return named(keys, .reshape(keys.required("shape").map(extents) ?? []))
  }

  private func extents(_ node: YAMLNode) -> [Int] {
    let nodes = node.scalar == nil ? reader.items(node, "shape") ?? [] : [node]
    return nodes.compactMap { reader.integer($0, "shape", BodyLimits.sizes) }
  }
}
