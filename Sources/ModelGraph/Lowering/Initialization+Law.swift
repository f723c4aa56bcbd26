/// The laws of parameters whose values are sums over `fanIn` inputs.
extension Initialization {
  func law(fanIn: Int) -> ParameterInitialization {
    switch self {
    case .normal(let deviation): .normal(standardDeviation: deviation)
    case .fanIn: .uniform(bound: (1 / Float(fanIn)).squareRoot())
    }
  }

  func biasLaw(fanIn: Int) -> ParameterInitialization {
    switch self {
    case .normal: .constant(0)
    case .fanIn: law(fanIn: fanIn)
    }
  }
}
