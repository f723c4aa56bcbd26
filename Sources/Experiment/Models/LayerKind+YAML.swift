import KernelTable
import ModelGraph

extension LayerKind {
  /// What is written beside the kind's name; what is as usual is left out.
  var details: [String] {
    switch self {
    case .linear(let spec): spec.details
    case .embedding(let vocabulary, let width, let law):
      ["dim: \(width)", "vocab_size: \(vocabulary)"] + law.details("init", usual: .usualTable)
    case .positionEmbedding(let context, let law):
      ["context_length: \(context)"] + law.details("init", usual: .usualTable)
    case .tokenTypeEmbedding(let law): law.details("init", usual: .usualTable)
    case .layerNorm(let epsilon), .rmsNorm(let epsilon): ["eps: \(epsilon)"]
    case .attention(let spec): spec.details
    case .gelu(let form): ["form: \(form.rawValue)"]
    case .dropout(let probability): ["p: \(probability)"]
    case .repeat(let times, _): ["times: \(times)"]
    case .convolution(let spec): spec.details
    case .batchNorm(let spec): ["eps: \(spec.epsilon)", "momentum: \(spec.momentum)"]
    case .groupNorm(let groups, let epsilon): ["groups: \(groups)", "eps: \(epsilon)"]
    case .maxPool(let spec), .averagePool(let spec): spec.details
    case .upsample(let factor): ["factor: \(factor.yaml)"]
    case .reshape(let extents): ["shape: \(extents)"]
    case .concatenation(let name), .addition(let name): ["from: \(name)"]
    case .relu, .silu, .tanh, .sigmoid, .softmax, .firstToken, .globalAveragePool, .flatten,
      .sequence, .residual, .product, .sequential, .checkpoint:
      []
    }
  }
}

extension LinearSpec {
  fileprivate var details: [String] {
    var parts = ["out: \(outFeatures)"]
    if let tiedTo { parts.append("tied: \(tiedTo)") }
    if bias != (tiedTo == nil) { parts.append("bias: \(bias)") }
    return parts + initialization.details("init", usual: .fanIn)
  }
}

extension ConvolutionSpec {
  fileprivate var details: [String] {
    var parts = ["out: \(outChannels)", "kernel: \(kernel.yaml)"]
    if stride != PlaneSize(1) { parts.append("stride: \(stride.yaml)") }
    if padding != PlaneSize(0) { parts.append("padding: \(padding.yaml)") }
    if dilation != PlaneSize(1) { parts.append("dilation: \(dilation.yaml)") }
    if groups != 1 { parts.append("groups: \(groups)") }
    if !bias { parts.append("bias: false") }
    return parts + initialization.details("init", usual: .fanIn)
  }
}

extension PoolingSpec {
  fileprivate var details: [String] {
    var parts = ["kernel: \(kernel.yaml)"]
    if stride != kernel { parts.append("stride: \(stride.yaml)") }
    if padding != PlaneSize(0) { parts.append("padding: \(padding.yaml)") }
    return parts
  }
}

extension PlaneSize {
  fileprivate var yaml: String { height == width ? "\(height)" : "[\(height), \(width)]" }
}

extension AttentionSpec {
  fileprivate var details: [String] {
    var parts = ["heads: \(heads)"]
    if let keyHeads { parts.append("kv_heads: \(keyHeads)") }
    if let headSize { parts.append("head_size: \(headSize)") }
    if !causal { parts.append("causal: false") }
    if !bias { parts.append("bias: false") }
    if let rotaryBase { parts.append("rope: {base: \(rotaryBase)}") }
    if dropout != 0 { parts.append("dropout: \(dropout)") }
    return parts + initialization.details("init", usual: .fanIn)
      + outputInitialization.details("output_init", usual: .fanIn)
  }
}

extension Initialization {
  /// How tables are drawn unless they say otherwise.
  static let usualTable = Initialization.normal(standardDeviation: 0.02)

  fileprivate func details(_ key: String, usual: Initialization) -> [String] {
    guard self != usual else { return [] }
    switch self {
    case .normal(let deviation): return ["\(key): {normal: \(deviation)}"]
    case .fanIn: return ["\(key): fan_in"]
    }
  }
}
