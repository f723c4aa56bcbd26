import KernelTable
import ModelGraph

extension KeyFields {
  /// Adds the parts of a layer of images.
  mutating func addImageLayer(_ kind: LayerKind) {
    switch kind {
    case .convolution(let spec):
      add("out", spec.outChannels)
      add("kernel", spec.kernel)
      add("stride", spec.stride)
      add("padding", spec.padding)
      add("dilation", spec.dilation)
      add("groups", spec.groups)
      add("bias", spec.bias)
      add("init", spec.initialization.keyText)
    case .batchNorm(let spec):
      add("eps", spec.epsilon)
      add("momentum", spec.momentum)
    case .groupNorm(let groups, let epsilon):
      add("groups", groups)
      add("eps", epsilon)
    case .maxPool(let spec), .averagePool(let spec):
      add("kernel", spec.kernel)
      add("stride", spec.stride)
      add("padding", spec.padding)
    case .upsample(let factor): add("factor", factor)
    case .reshape(let extents): add("shape", extents) { $0.add($1, $2) }
    case .concatenation(let name), .addition(let name): add("from", name)
    default: break
    }
  }

  private mutating func add(_ name: String, _ size: PlaneSize) {
    add(name, "\(size.height) × \(size.width)")
  }
}
