import Checkpointing
import ModelGraph

/// Writes batches of examples to where a program reads them.
struct BatchLoader {
  let examples: Examples
  /// Positions of an example; 1 for features.
  let time: Int
  /// The shape of the targets that the loss compares with.
  let loss: LossKind

  /// Writes examples to the input and target slots, rows that are left over as ignored ones.
  func load(_ indices: ArraySlice<Int>, program: Program, arena: Arena) {
    switch examples {
    case .tokens(let tokens):
      loadTokens(tokens, indices, rows: program.rows, program, arena)
      let next = indices.flatMap { tokens[$0 * time + 1...$0 * time + time] }
      loadClasses(next, program, arena)
    case .features(let values, let width, let classes):
      loadFeatures(values, width: width, indices, program, arena)
      loadClasses(indices.map { classes[$0] }, program, arena)
    }
  }

  private func loadTokens(
    _ tokens: [Int32], _ indices: ArraySlice<Int>, rows: Int, _ program: Program, _ arena: Arena
  ) {
    let input = arena.bytes(program.input).bindMemory(to: Int32.self)
    for (place, example) in indices.enumerated() {
      for position in 0..<time {
        input[place * time + position] = tokens[example * time + position]
      }
    }
    for row in indices.count * time..<max(rows, indices.count * time) { input[row] = 0 }
  }

  private func loadFeatures(
    _ values: [Float], width: Int, _ indices: ArraySlice<Int>, _ program: Program, _ arena: Arena
  ) {
    let input = arena.bytes(program.input).bindMemory(to: Float.self)
    for (place, example) in indices.enumerated() {
      for feature in 0..<width {
        input[place * width + feature] = values[example * width + feature]
      }
    }
    for index in indices.count * width..<max(input.count, indices.count * width) {
      input[index] = 0
    }
  }

  /// Class indices (of tokens the next ones) for cross-entropy; for the mean squared error one value,
  /// the class, or as many as there are outputs, 1 at the class.
  private func loadClasses(_ classes: [Int32], _ program: Program, _ arena: Arena) {
    let rows = program.targetRows
    if loss == .crossEntropy {
      let target = arena.bytes(program.target).bindMemory(to: Int32.self)
      for row in 0..<rows { target[row] = row < classes.count ? classes[row] : -1 }
      return
    }
    let target = arena.bytes(program.target).bindMemory(to: Float.self)
    let width = target.count / max(1, rows)
    target.update(repeating: 0)
    for (row, index) in classes.enumerated() {
      if width == 1 {
        target[row] = Float(index)
      } else {
        target[row * width + Int(index)] = 1
      }
    }
  }
}
