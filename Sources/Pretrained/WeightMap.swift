/// Where the parameters of a model lie among a folder's tensors; a file for each family makes it.
struct WeightMap: Sendable {
  /// The entries in the model's order.
  var entries: [WeightEntry] = []
  /// What the family's names begin with in a model with a head; folders of bare models leave it out.
  var prefix: String
  /// Beginnings and whole names of tensors that a folder may hold besides: heads of other tasks,
  /// second copies of tied weights, and constants.
  var ignored: [String] = []

  init(prefix: String) { self.prefix = prefix }

  /// Adds a vector.
  mutating func add(_ parameter: String, _ tensor: String, count: Int) {
    entries.append(
      WeightEntry(parameter: parameter, tensors: [tensor], rows: [count], columns: nil))
  }

  /// Adds a matrix.
  mutating func add(
    _ parameter: String, _ tensor: String, rows: Int, columns: Int, transposed: Bool = false
  ) {
    entries.append(
      WeightEntry(
        parameter: parameter, tensors: [tensor], rows: [rows], columns: columns,
        isTransposed: transposed))
  }

  /// Adds the weight, and the bias if there is one, of a linear layer.
  mutating func addLinear(
    _ parameter: String, _ tensors: [String], rows: [Int], columns: Int, bias: Bool = true,
    transposed: Bool = false
  ) {
    entries.append(
      WeightEntry(
        parameter: "\(parameter).weight", tensors: tensors.map { "\($0).weight" }, rows: rows,
        columns: columns, isTransposed: transposed))
    guard bias else { return }
    entries.append(
      WeightEntry(
        parameter: "\(parameter).bias", tensors: tensors.map { "\($0).bias" }, rows: rows,
        columns: nil))
  }

  /// Adds the weight and the bias of a layer norm.
  mutating func addNorm(_ parameter: String, _ tensor: String, count: Int) {
    add("\(parameter).weight", "\(tensor).weight", count: count)
    add("\(parameter).bias", "\(tensor).bias", count: count)
  }

  /// Whether a folder may hold a tensor that the model does not use.
  func ignores(_ tensor: String) -> Bool {
    ignored.contains { tensor == $0 || ($0.hasSuffix(".") && tensor.hasPrefix($0)) }
      || constants.contains { tensor.hasSuffix($0) }
  }

  /// Tensors that old versions of `transformers` wrote and that hold no weights.
  private var constants: [String] {
    [".attn.bias", ".attn.masked_bias", ".position_ids", ".rotary_emb.inv_freq"]
  }
}
