import Checkpointing
import KernelTable
import Kernels
import ModelGraph

extension Executor {
  /// Calls the kernel of an instruction.
  func perform(
    _ instruction: Program.Instruction, _ operands: Operands, _ context: StepContext, pass: Int
  ) {
    // A pass after the first adds to the gradients that the first began.
    let continues = instruction.startsGradient && pass > 0
    switch instruction.kind {
    case .embedding(let rule): forward(rule, operands)
    case .embeddingBackward(let rule): backward(rule, operands, continues)
    case .positionEmbedding(let rule): forward(rule, operands, context)
    case .positionEmbeddingBackward(let rule): backward(rule, operands, continues)
    case .typeEmbedding(let rule): forward(rule, operands)
    case .linear(let rule): forward(rule, operands)
    case .linearBackwardInput(let rule): backward(rule, operands)
    case .linearBackwardWeight(let rule): backward(rule, operands, continues)
    case .biasBackward(let rule): backward(rule, operands, continues)
    case .layerNorm(let rule): forward(rule, operands)
    case .layerNormBackward(let rule): backward(rule, operands, continues)
    case .rmsNorm(let rule): forward(rule, operands)
    case .rmsNormBackward(let rule): backward(rule, operands, continues)
    case .softmax(let rule): forward(rule, operands)
    case .softmaxBackward(let rule): backward(rule, operands)
    case .activation(let rule): forward(rule, operands)
    case .activationBackward(let rule): backward(rule, operands)
    case .dropout(let rule): forward(rule, operands, key(instruction, context, pass))
    case .attention(let rule): forward(rule, operands, key(instruction, context, pass))
    case .cachedAttention(let rule): forward(rule, operands, context)
    case .attentionBackward(let rule): backward(rule, operands, key(instruction, context, pass))
    case .rotary(let rule): forward(rule, operands, context)
    case .firstToken(let rule): forward(rule, operands)
    case .firstTokenBackward(let rule): backward(rule, operands)
    case .add(let rule): forward(rule, operands)
    case .multiply(let rule): forward(rule, operands)
    case .copy(let rule): forward(rule, operands)
    case .linearCrossEntropy(let rule): loss(rule, operands, context, continues)
    case .softmaxCrossEntropy(let rule): loss(rule, operands, context)
    case .binaryCrossEntropy(let rule): loss(rule, operands, context)
    case .meanSquaredError(let rule): loss(rule, operands, context)
    case .convolution(let rule): forward(rule, operands)
    case .convolutionBackwardInput(let rule): backward(rule, operands)
    case .convolutionBackwardWeight(let rule): backward(rule, operands, continues)
    case .batchNorm(let rule): forward(rule, operands)
    case .batchNormBackward(let rule): backward(rule, operands, continues)
    case .batchNormUpdate(let rule): update(rule, operands)
    case .batchNormEvaluation(let rule): forward(rule, operands)
    case .groupNorm(let rule): forward(rule, operands)
    case .groupNormBackward(let rule): backward(rule, operands, continues)
    case .pooling(let rule): forward(rule, operands)
    case .poolingBackward(let rule): backward(rule, operands)
    case .meanPooling(let rule): forward(rule, operands)
    case .meanPoolingBackward(let rule): backward(rule, operands)
    case .upsampling(let rule): forward(rule, operands)
    case .upsamplingBackward(let rule): backward(rule, operands)
    case .concatenation(let rule): forward(rule, operands)
    case .concatenationBackward(let rule): backward(rule, operands)
    case .clipScale(let rule): scale(rule, operands)
    case .update(let rule): update(rule, operands, context)
    case .diskTransfer(let rule): transfer(rule.part, instruction, operands)
    }
  }

  private func key(
    _ instruction: Program.Instruction, _ context: StepContext, _ pass: Int
  ) -> PhiloxKey {
    PhiloxKey(
      seed: context.seed, step: context.stream(pass: pass), operation: instruction.stream)
  }
}
