import Checkpointing
import Kernels
import ModelGraph

/// A language model with a cache of the positions that it has read: each further token costs one
/// position.
final class TokenGenerator {
  private let arena: Arena
  /// Reads one token, and tells the logits of the next.
  private let one: Executor
  /// Read several tokens at once, by their number.
  private let several: [Int: Executor]
  /// Positions read so far.
  private(set) var position = 0
  /// Positions that fit.
  let context: Int

  /// - Parameter counts: how many tokens will be read at once.
  init(
    _ model: ModelSpec, counts: Set<Int>, kernels: Kernels, bounds: MemoryBounds = MemoryBounds()
  ) throws(TrainingFault) {
    guard case .tokens(let input) = model.input else {
      throw .model(ModelFault(layer: [], path: "", reason: .needsTokens(kind: "generating")))
    }
    context = input.contextLength
    let single: Program
    var programs: [Int: Program] = [:]
    do throws(ModelFault) {
      single = Program(
        generating: try Graph(generatingWith: model, count: 1, hasLogits: true),
        threads: kernels.threads)
      for count in counts where count > 0 {
        programs[count] = Program(
          generating: try Graph(generatingWith: model, count: count, hasLogits: false),
          threads: kernels.threads)
      }
    } catch {
      throw .model(error)
    }
    let sizes = programs.values.reduce(single.regionBytes) { sizes, program in
      sizes.merging(program.regionBytes) { max($0, $1) }
    }
    try bounds.check(sizes.values.reduce(0, +))
    let arena = try Arena(byteCounts: sizes)
    self.arena = arena
    one = Executor(single, arena: arena, kernels: kernels)
    several = programs.mapValues { Executor($0, arena: arena, kernels: kernels) }
  }

  /// Where the weights go.
  var weights: UnsafeMutableRawBufferPointer { arena.bytes(of: .parameters) }

  /// Forgets all positions.
  func restart() { position = 0 }

  /// Reads tokens, of which as many are read at once as were announced, and the last by itself.
  ///
  /// - Returns: the logits after the last token; good until the next call.
  func read(_ tokens: ArraySlice<Int32>) -> UnsafeBufferPointer<Float> {
    let first = Array(tokens.dropLast())
    if let executor = several[first.count] {
      run(executor, first)
    } else {
      for token in first { run(one, [token]) }
    }
    run(one, Array(tokens.suffix(1)))
    return UnsafeBufferPointer(arena.bytes(one.program.loss).bindMemory(to: Float.self))
  }

  private func run(_ executor: Executor, _ tokens: [Int32]) {
    let program = executor.program
    precondition(position + tokens.count <= context, "a cache holds no more than its context")
    var step = StepContext(seed: 0, step: 1, passes: 1, learningRate: 0)
    step.position = position
    _ = executor.step(step) { _ in
      _ = arena.bytes(program.input).bindMemory(to: Int32.self).update(fromContentsOf: tokens)
      if let types = program.tokenTypes {
        arena.bytes(types).initializeMemory(as: UInt8.self, repeating: 0)
      }
      return tokens.count
    }
    position += tokens.count
  }
}
