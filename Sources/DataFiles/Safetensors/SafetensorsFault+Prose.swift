extension SafetensorsFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .noHeaderLength, .headerLength: "truncated"
    case .header, .index: "malformed-header"
    case .unknownType: "unknown-type"
    case .shape, .byteCount: "misshaped-tensor"
    case .offsets, .overlap, .hole: "malformed-offsets"
    case .unknownTensor, .notInShard: "unknown-tensor"
    case .shardPath: "outside-folder"
    case .noWeights: "missing-file"
    case .valueCount, .repeatedTensor: "invalid-tensor"
    case .unwritable: "unwritable"
    }
  }

  /// Where in the file.
  public var place: String? {
    switch self {
    case .noHeaderLength, .headerLength: "byte 0"
    case .header: "header"
    case .unknownType(let name, _), .shape(let name, _), .offsets(let name, _, _, _),
      .byteCount(let name, _, _), .overlap(let name, _, _),
      .notInShard(let name, _), .valueCount(let name, _, _), .repeatedTensor(let name):
      "tensor '\(name)'"
    case .hole(let begin, _): "data byte \(begin)"
    case .unknownTensor, .index, .shardPath, .noWeights, .unwritable: nil
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .noHeaderLength(let count): "a safetensors file has at least 8 bytes, this one \(count)"
    case .headerLength(let claimed, let available):
      "the header claims \(claimed) bytes, but at most \(available) can follow"
    case .header(let reason): "the header is no list of tensors: \(reason)"
    case .unknownType(_, let type): "unknown type '\(type)'"
    case .shape(_, let shape): "a tensor can't have the shape \(shape)"
    case .offsets(_, let begin, let end, let available):
      "the bytes \(begin)..<\(end) are not within the \(available) bytes of data"
    case .byteCount(_, let needs, let has):
      "its shape needs \(needs) bytes, but its offsets span \(has)"
    case .overlap(_, let other, let offset): "it shares data byte \(offset) with '\(other)'"
    case .hole(let begin, let end): "the data bytes \(begin)..<\(end) belong to no tensor"
    case .unknownTensor(let name, _): "there is no tensor '\(name)'"
    case .index(let reason): "the index has no map of weights: \(reason)"
    case .shardPath(let path): "the index names the file '\(path)', which is not in its folder"
    case .notInShard(_, let shard): "the index says it is in '\(shard)', which lacks it"
    case .noWeights: "no 'model.safetensors' and no 'model.safetensors.index.json' in the folder"
    case .valueCount(_, let needs, let has): "its shape needs \(needs) values, not \(has)"
    case .repeatedTensor: "it is given twice"
    case .unwritable(let reason): "can't be written: \(reason)"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .noHeaderLength, .headerLength, .offsets:
      ["the file is cut off or no safetensors file: fetch or write it again"]
    case .header, .overlap, .hole, .byteCount, .shape, .index, .notInShard:
      ["write it again with the safetensors library"]
    case .unknownType: ["types: \(SafetensorsHeader.types.keys.sorted().joined(separator: ", "))"]
    case .unknownTensor(_, let known):
      known.isEmpty
        ? ["the file holds no tensors"]
        : ["tensors: \(known.prefix(12).joined(separator: ", "))\(known.count > 12 ? ", …" : "")"]
    case .noWeights: ["convert the weights with save_pretrained(…, safe_serialization=True)"]
    case .shardPath, .valueCount, .repeatedTensor, .unwritable: []
    }
  }
}
