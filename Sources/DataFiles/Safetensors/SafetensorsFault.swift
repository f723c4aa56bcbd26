/// What can be wrong with a safetensors file or folder.
///
/// Offsets are those of the file's data part, as its header counts them.
public enum SafetensorsFault: DataFileFault, Hashable {
  /// The file ends within the header's length.
  case noHeaderLength(byteCount: Int)
  /// The header claims more bytes than there are, or than a header may have.
  case headerLength(UInt64, available: Int)
  /// The header is no JSON object of tensors.
  case header(reason: String)
  /// A type of number that nbrun does not know.
  case unknownType(tensor: String, type: String)
  /// A size below 0, or a product of sizes beyond what can be counted.
  case shape(tensor: String, [Int])
  /// Offsets that are reversed or leave the data.
  case offsets(tensor: String, begin: Int, end: Int, available: Int)
  /// A shape that needs other bytes than the offsets span.
  case byteCount(tensor: String, needs: Int, has: Int)
  /// Two tensors share bytes.
  case overlap(tensor: String, other: String, offset: Int)
  /// Bytes that belong to no tensor.
  case hole(begin: Int, end: Int)
  /// No tensor of that name.
  case unknownTensor(String, known: [String])
  /// The index is no JSON object with a `weight_map`.
  case index(reason: String)
  /// The index names a file that leads out of the folder.
  case shardPath(String)
  /// The index says that a tensor is in a file which lacks it.
  case notInShard(tensor: String, shard: String)
  /// Neither `model.safetensors` nor its index is in the folder.
  case noWeights
  /// Values to be written do not match their shape.
  case valueCount(tensor: String, needs: Int, has: Int)
  /// The same name twice among tensors to be written.
  case repeatedTensor(String)
  /// The file can't be written.
  case unwritable(reason: String)
}
