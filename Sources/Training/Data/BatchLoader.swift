import Checkpointing
import DataFiles
import ModelGraph

/// Makes batches of examples, and writes them to where a program reads them.
struct BatchLoader {
  let examples: Examples
  let program: Program
  /// Examples of a batch.
  let batch: Int
  /// What the targets are compared by.
  let loss: LossSpec

  /// Columns of numbers that are compared with.
  private var targetWidth: Int { program.target.byteCount / 4 / max(1, program.targetRows) }

  /// Reads a batch; places that are left over hold zeros, and their targets are ignored.
  ///
  /// - Throws: `TrainingFault.data` where a file that examples are read from was changed.
  func batch(_ indices: ArraySlice<Int>) throws(TrainingFault) -> Batch {
    switch examples {
    case .tokens(let tokens): return streamBatch(tokens, indices)
    case .sequences(let sequences): return sequenceBatch(sequences, indices)
    case .features(let features):
      do throws(DataFileError) {
        return try featureBatch(features, indices)
      } catch {
        throw .data(error)
      }
    }
  }

  private func streamBatch(_ tokens: [Int32], _ indices: ArraySlice<Int>) -> Batch {
    let time = program.time
    var batch = Batch()
    for index in indices { batch.tokens += tokens[index * time..<(index + 1) * time] }
    if program.paddingMask != nil {
      batch.mask = Array(repeating: 1, count: indices.count * time)
    }
    let next = indices.flatMap { tokens[$0 * time + 1...$0 * time + time] }
    setTargets(.classes(next, perExample: time), of: &batch)
    return batch
  }

  /// Rows shorter than the model's context are filled up with tokens that don't count.
  private func sequenceBatch(_ rows: SequenceExamples, _ indices: ArraySlice<Int>) -> Batch {
    let padding = program.time - rows.length
    func padded(_ values: ArraySlice<Int32>, with value: Int32) -> [Int32] {
      values + Array(repeating: value, count: padding)
    }
    var batch = Batch()
    var labels: [Int32] = []
    for index in indices {
      let range = index * rows.length..<(index + 1) * rows.length
      batch.tokens += padded(rows.tokens[range], with: 0)
      if program.paddingMask != nil {
        let counted = rows.lengths.isEmpty ? rows.length : Int(rows.lengths[index])
        batch.mask += (0..<program.time).map { $0 < counted ? 1 : 0 }
      }
      if program.tokenTypes != nil, !rows.types.isEmpty {
        batch.types += padded(rows.types[range], with: 0)
      }
      if case .classes(let all, let each) = rows.targets, each == rows.length, each > 1 {
        labels += padded(all[range], with: Targets.uncounted)
      }
    }
    let perToken = Targets.classes(labels, perExample: program.time)
    setTargets(labels.isEmpty ? rows.targets.part(Array(indices)) : perToken, of: &batch)
    return batch
  }

  private func featureBatch(
    _ examples: FeatureExamples, _ indices: ArraySlice<Int>
  ) throws(DataFileError) -> Batch {
    var batch = Batch()
    for index in indices { batch.features += try examples.features(of: index) }
    setTargets(examples.targets.part(Array(indices)), of: &batch)
    return batch
  }

  /// Class indices for cross-entropy; for losses of numbers the numbers, the class itself where
  /// there is one output, or 1 at the class where there are several.
  private func setTargets(_ targets: Targets, of batch: inout Batch) {
    switch targets {
    case .classes(let classes, _) where loss.comparesClasses:
      batch.classes = classes
    case .classes(let classes, _):
      batch.values = classes.flatMap(numbers(ofClass:))
    case .values(let values, _):
      batch.values = values
    }
  }

  /// Whether the batch has a loss: a target that counts, of a class that weighs something.
  func counts(_ batch: Batch) -> Bool {
    guard case .crossEntropy(let comparison) = loss else { return true }
    let weights = comparison.classWeights
    return batch.classes.contains { index in
      guard index != comparison.ignoreIndex, index != Targets.uncounted else { return false }
      return weights.isEmpty || weights[Int(index)] > 0
    }
  }

  private func numbers(ofClass index: Int32) -> [Float] {
    guard targetWidth > 1 else { return [Float(index)] }
    var numbers = [Float](repeating: 0, count: targetWidth)
    if index >= 0 { numbers[Int(index)] = 1 }
    return numbers
  }
}

extension BatchLoader {
  /// Writes a batch to the program's slots.
  ///
  /// - Returns: how many rows of numbers are compared with; ignored classes need no count.
  @discardableResult
  func write(_ batch: Batch, to arena: Arena) -> Int {
    if batch.features.isEmpty {
      fill(program.input, batch.tokens, rest: 0, arena)
    } else {
      fill(program.input, batch.features, rest: 0, arena)
    }
    // An example without a token would divide by the sum of no weights.
    if let mask = program.paddingMask { fill(mask, batch.mask, rest: 1, arena) }
    if let types = program.tokenTypes { fill(types, batch.types, rest: 0, arena) }
    if loss.comparesClasses {
      fill(program.target, batch.classes, rest: Targets.uncounted, arena)
      return program.targetRows
    }
    fill(program.target, batch.values, rest: 0, arena)
    return batch.values.count / max(1, targetWidth)
  }

  /// Writes values to the beginning of a slot and one value to the rest.
  private func fill<Value>(_ slot: Program.Slot, _ values: [Value], rest: Value, _ arena: Arena) {
    let target = arena.bytes(slot).bindMemory(to: Value.self)
    precondition(values.count <= target.count, "a batch fits its slot")
    let end = target.update(fromContentsOf: values)
    target[end...].update(repeating: rest)
  }
}
