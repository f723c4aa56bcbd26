import Kernels
import ModelGraph

/// Tokens are [rows], tables [vocabulary or context, width], y [rows, width].
extension Executor {
  func forward(_ rule: Embedding, _ operands: Operands) {
    kernels.embeddingForward(
      tokens: operands.indices(0), table: operands.input(1), into: operands.output(0),
      rows: rule.rows, width: rule.width, vocabulary: rule.vocabularySize)
  }

  func backward(_ rule: EmbeddingBackward, _ operands: Operands, _ continues: Bool) {
    let adds = rule.accumulates || continues
    kernels.embeddingBackward(
      dy: operands.input(0), tokens: operands.indices(1), into: operands.output(0, adds: adds),
      accumulate: adds, rows: rule.forward.rows, width: rule.forward.width,
      vocabulary: rule.forward.vocabularySize)
  }

  func forward(_ rule: PositionEmbedding, _ operands: Operands, _ context: StepContext) {
    precondition(context.position + rule.time <= rule.contextLength, "a position beyond the table")
    kernels.positionForward(
      x: operands.input(0), positions: operands.input(1) + context.position * rule.width,
      into: operands.output(0),
      batch: rule.batch, time: rule.time, width: rule.width)
  }

  func backward(_ rule: PositionEmbeddingBackward, _ operands: Operands, _ continues: Bool) {
    let adds = rule.accumulates || continues
    let table = operands.output(0, adds: adds)
    let (context, time) = (rule.forward.contextLength, rule.forward.time)
    if !adds, context > time {
      let unused = (context - time) * rule.forward.width
      kernels.fill(table + time * rule.forward.width, with: 0, count: unused)
    }
    kernels.positionBackward(
      dy: operands.input(0), into: table, accumulate: adds, batch: rule.forward.batch, time: time,
      width: rule.forward.width)
  }

  func forward(_ rule: TypeEmbedding, _ operands: Operands) {
    kernels.typeForward(
      x: operands.input(0), types: operands.indices(1), table: operands.input(2),
      into: operands.output(0), rows: rule.rows, width: rule.width, typeCount: rule.typeCount)
  }
}
