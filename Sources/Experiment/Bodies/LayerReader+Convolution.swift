import Diagnostics
import KernelTable
import ModelGraph

/// Convolutions, and sizes of planes.
extension LayerReader {
  func convolution(_ choice: Variant) -> LayerSpec? {
    let known = [
      "out", "kernel", "stride", "padding", "dilation", "groups", "bias", "init", "name",
    ]
    guard let keys = required(choice, known, "{out: 64, kernel: 3}") else { return nil }
    let out = keys.integer("out", BodyLimits.sizes)
    let spec = ConvolutionSpec(
      outChannels: out ?? 1,
      kernel: keys.required("kernel").flatMap { plane($0, "kernel") } ?? PlaneSize(1),
      stride: plane(keys, "stride") ?? PlaneSize(1),
      padding: plane(keys, "padding", least: 0) ?? PlaneSize(0),
      dilation: plane(keys, "dilation") ?? PlaneSize(1),
      groups: keys.integer("groups", BodyLimits.sizes, default: 1) ?? 1,
      bias: keys.flag("bias", default: true),
      initialization: initialization(keys["init"], default: .fanIn))
    return named(keys, .convolution(spec))
  }

  /// A key's size, if it is there.
  func plane(_ keys: KeyedValues, _ key: String, least: Int = 1) -> PlaneSize? {
    keys[key].flatMap { plane($0, key, least: least) }
  }

  /// `3`, or `[3, 5]` for height and width.
  func plane(_ node: YAMLNode, _ what: String, least: Int = 1) -> PlaneSize? {
    let range = least...BodyLimits.windows
    guard node.scalar == nil else {
      return reader.integer(node, what, range).map { PlaneSize($0) }
    }
    let items = reader.items(node, what, expected: "a number or [height, width]") ?? []
    let sizes = items.compactMap { reader.integer($0, what, range) }
    guard items.count == 2 else {
      if !items.isEmpty { reader.wrongType(node, what, expected: "a number or [height, width]") }
      return nil
    }
    return sizes.count == 2 ? PlaneSize(sizes[0], sizes[1]) : nil
  }
}
