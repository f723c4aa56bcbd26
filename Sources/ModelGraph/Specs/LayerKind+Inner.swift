extension LayerKind {
  /// The lists of layers that it is made of.
  public var innerLists: [[LayerSpec]] {
    switch self {
    case .residual(let layers, let shortcut): [layers, shortcut]
    case .sequential(let layers), .checkpoint(let layers), .repeat(_, let layers): [layers]
    case .product(let branches): branches
    default: []
    }
  }
}
