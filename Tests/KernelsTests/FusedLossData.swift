import KernelTable
import TestSupport
import Testing

@testable import Kernels

/// Inputs of the fused projection and loss; row 1 is ignored.
struct FusedLossData {
  let rows: Int
  let width: Int
  let vocabulary: Int
  private let hidden: [Float]
  private let weight: [Float]
  private let bias: [Float]?
  private let targets: [Int32]

  init(rows: Int, width: Int, vocabulary: Int, hasBias: Bool) {
    var random = RepeatableGenerator(seed: UInt64(rows))
    (self.rows, self.width, self.vocabulary) = (rows, width, vocabulary)
    hidden = random.values(rows * width)
    weight = random.values(vocabulary * width)
    bias = hasBias ? random.values(vocabulary) : nil
    var targets = random.tokens(rows, below: vocabulary)
    targets[1] = -1
    self.targets = targets
  }

  /// The losses with and without gradients, and the gradients added to `initial`.
  func fused(_ engine: Kernels, initial: Float?) -> [[Float]] {
    var dHidden = unwritten(hidden.count)
    var dWeight = [Float](repeating: initial ?? .nan, count: weight.count)
    var dBias = [Float](repeating: initial ?? .nan, count: vocabulary)
    let training = dHidden.inPlace { dHidden in
      dWeight.inPlace { dWeight in
        dBias.inPlace { dBias in
          let gradients = LinearCrossEntropyGradients(
            hidden: dHidden, weight: dWeight, bias: bias == nil ? nil : dBias,
            accumulate: initial != nil)
          return loss(engine, gradients)
        }
      }
    }
    let losses = [training, loss(engine, nil)]
    return [losses, dHidden, dWeight] + (bias == nil ? [] : [dBias])
  }

  private func loss(_ engine: Kernels, _ gradients: LinearCrossEntropyGradients?) -> Float {
    let needed = Workspace.linearCrossEntropy(
      rows: rows, width: width, vocabulary: vocabulary, threads: engine.threads,
      training: gradients != nil)
    return withWorkspace(needed) { workspace in
      Float(
        engine.linearCrossEntropy(
          hidden: hidden, weight: weight, bias: bias, targets: ClassTargets(targets),
          gradients: gradients, rows: rows, width: width, vocabulary: vocabulary, scale: 1,
          workspace: workspace
        ).mean)
    }
  }

  /// The targets among the k largest logits, for each k.
  func hits(_ engine: Kernels, _ hits: [Int]) -> [Int] {
    let needed = Workspace.linearCrossEntropy(
      rows: rows, width: width, vocabulary: vocabulary, threads: engine.threads, training: false)
    return withWorkspace(needed) { workspace in
      engine.linearCrossEntropy(
        hidden: hidden, weight: weight, bias: bias, targets: ClassTargets(targets),
        gradients: nil, rows: rows, width: width, vocabulary: vocabulary, scale: 1, hits: hits,
        workspace: workspace
      ).hits
    }
  }

  /// The same from a linear layer, a loss and their backward passes.
  func separate() throws -> [[Float]] {
    let engine = try #require(Engines.all.first)
    var logits = unwritten(rows * vocabulary)
    let forward = Workspace.linear(
      rows: rows, inFeatures: width, outFeatures: vocabulary, threads: engine.threads)
    withWorkspace(forward) { workspace in
      engine.linearForward(
        x: hidden, weight: weight, bias: bias, residual: nil, into: &logits, rows: rows,
        inFeatures: width, outFeatures: vocabulary, workspace: workspace)
    }
    let needed = Workspace.softmaxCrossEntropy(rows: rows, classes: vocabulary)
    let loss = withWorkspace(needed) { workspace in
      logits.inPlace { logits in
        Float(
          engine.softmaxCrossEntropy(
            logits: logits, targets: ClassTargets(targets), dLogits: logits, rows: rows,
            classes: vocabulary, scale: 1, workspace: workspace
          ).mean)
      }
    }
    return [[loss]] + gradients(engine, dLogits: logits)
  }

  private func gradients(_ engine: Kernels, dLogits: [Float]) -> [[Float]] {
    var (dHidden, dWeight) = (unwritten(hidden.count), unwritten(weight.count))
    let byInput = Workspace.linearBackwardInput(
      rows: rows, inFeatures: width, outFeatures: vocabulary, threads: engine.threads)
    withWorkspace(byInput) { workspace in
      engine.linearBackwardInput(
        dy: dLogits, weight: weight, into: &dHidden, accumulate: false, rows: rows,
        inFeatures: width, outFeatures: vocabulary, workspace: workspace)
    }
    let byWeight = Workspace.linearBackwardWeight(
      rows: rows, inFeatures: width, outFeatures: vocabulary, threads: engine.threads)
    withWorkspace(byWeight) { workspace in
      engine.linearBackwardWeight(
        dy: dLogits, x: hidden, into: &dWeight, accumulate: false, rows: rows, inFeatures: width,
        outFeatures: vocabulary, workspace: workspace)
    }
    guard bias != nil else { return [dHidden, dWeight] }
    var dBias = unwritten(vocabulary)
    withWorkspace(Workspace.biasBackward(rows: rows, width: vocabulary)) { workspace in
      engine.biasBackward(
        dy: dLogits, into: &dBias, accumulate: false, rows: rows, width: vocabulary,
        workspace: workspace)
    }
    return [dHidden, dWeight, dBias]
  }
}
