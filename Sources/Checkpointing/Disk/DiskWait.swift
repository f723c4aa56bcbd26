import ModelGraph

/// A forward value, or one that is computed again, that waits for the backward pass on disk.
///
/// Places are between the steps of an order that has no transfers: before the step of that number.
struct DiskWait: Sendable {
  /// The value.
  let value: Int32
  /// The tensor that it is an instance of.
  let tensor: Int32
  /// Bytes that it takes in an arena.
  let byteCount: Int
  /// The last step before its wait that makes or reads it; the write begins after it.
  let lastUse: Int
  /// The step after its wait that reads it; the read has ended before it.
  let nextUse: Int
  /// Seconds of the write.
  let writeSeconds: Double
  /// Seconds of the read.
  let readSeconds: Double
  /// Where the write is waited for: its bytes are free from there on.
  var writeEnd: Int
  /// Where the read begins: bytes are taken from there on.
  var readStart: Int

  /// A wait whose transfers end where they begin; nil for a tensor that stays in memory.
  init?(_ value: Int, of tensor: Int32, lastUse: Int, nextUse: Int, _ table: StepTable) {
    guard let write = table.transfer(.writeEnd, of: tensor),
      let read = table.transfer(.readEnd, of: tensor)
    else { return nil }
    self.value = Int32(value)
    self.tensor = tensor
    byteCount = table.alignedBytes[Int(tensor)]
    (self.lastUse, self.nextUse) = (lastUse, nextUse)
    writeSeconds = table.facts[Int(write)].seconds
    readSeconds = table.facts[Int(read)].seconds
    (writeEnd, readStart) = (lastUse + 1, nextUse)
  }

  /// The steps during which the value is nowhere in memory if nothing is done ahead.
  var steps: Range<Int> { lastUse + 1..<nextUse }
}
