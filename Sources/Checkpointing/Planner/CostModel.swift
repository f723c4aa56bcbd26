import ModelGraph

/// How long operations take, as far as a plan depends on it: flops at one speed plus bytes at another,
/// or what was measured.
///
/// A plan made with the speeds is a function of the model alone, so that it is the same on every
/// machine.
public struct CostModel: Hashable, Sendable, Codable {
  /// Flops a second of operations that do many for each byte.
  public var flopsPerSecond: Double
  /// Bytes read and written a second.
  public var bytesPerSecond: Double
  /// Bytes a second of values that are written to disk.
  public var diskWriteBytesPerSecond: Double
  /// Bytes a second of values that are read back from disk.
  public var diskReadBytesPerSecond: Double
  /// Measured seconds by `OperationForm.text`; empty where plans are made with the speeds.
  public var operations: [String: Double]

  /// Creates a cost model.
  public init(
    flopsPerSecond: Double, bytesPerSecond: Double, diskWriteBytesPerSecond: Double = 1e9,
    diskReadBytesPerSecond: Double = 2e9, operations: [String: Double] = [:]
  ) {
    self.flopsPerSecond = flopsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.diskWriteBytesPerSecond = diskWriteBytesPerSecond
    self.diskReadBytesPerSecond = diskReadBytesPerSecond
    self.operations = operations
  }

  /// Two cores of a processor of 2020, of which only the ratio matters to a plan, and a solid-state
  /// disk on two lanes of PCIe 3: 1 GB/s written, 2 GB/s read.
  public static let standard = CostModel(flopsPerSecond: 200e9, bytesPerSecond: 12e9)

  /// Seconds of a graph's forward operations, one after the other.
  ///
  /// Measured ones, if all of them were: a measured time is not to be compared with another one.
  func seconds(ofForward graph: Graph) -> [Double] {
    if let measured = measuredSeconds(ofForward: graph) { return measured }
    return graph.operations.map { seconds(of: $0) { graph[$0].byteCount } }
  }

  private func measuredSeconds(ofForward graph: Graph) -> [Double]? {
    guard !operations.isEmpty else { return nil }
    var known: [OperationForm: Double] = [:]
    var result: [Double] = []
    for operation in graph.operations {
      let form = OperationForm(operation, of: graph)
      guard let seconds = known[form] ?? operations[form.text] else { return nil }
      known[form] = seconds
      result.append(seconds)
    }
    return result
  }

  /// Seconds of an operation on tensors of these sizes, by the speeds.
  func seconds(of operation: Operation, byteCounts: (TensorID) -> Int) -> Double {
    let bytes = (operation.inputs + operation.outputs).reduce(0) { $0 + byteCounts($1) }
    return Double(operation.kind.rule.flops) / flopsPerSecond + Double(bytes) / bytesPerSecond
  }
}
