import Checkpointing
import ModelGraph

/// A job's programs: one for training, one for evaluation if there is any, on shared memory.
struct CompiledJob {
  let graph: Graph
  let training: Program
  let evaluation: Program?
  /// Segments that cost time and lower no peak.
  let useless: UselessSegments

  /// Compiles a job.
  ///
  /// - Throws: `TrainingFault.model`, or `.memoryLimit` with what would fit.
  init(_ job: TrainingJob, threads: Int) throws(TrainingFault) {
    let options = TrainingOptions(
      policy: job.policy, optimizer: job.optimizer, accumulate: job.accumulate,
      clipNorm: job.clipNorm, precision: job.precision, memoryLimit: job.memoryLimit,
      threads: threads)
    let limit: Int?
    do throws(ModelFault) {
      graph = try Graph(lowering: job.model, batch: job.batch, precision: job.precision)
      let derivative = TrainingGraph(differentiating: graph, frozen: job.optimizer.frozen)
      training = Program(training: derivative, options: options)
      limit = options.limit(for: derivative)
      useless = UselessSegments(derivative, options: options)
      evaluation =
        job.evaluateEvery == nil
        ? nil
        : Program(
          evaluating: try Graph(
            lowering: job.model, batch: job.batch, training: false, precision: job.precision),
          hits: job.evaluatedMetrics.hits, threads: threads)
    } catch {
      throw .model(error)
    }
    try Self.check(training, limit: limit, of: job, options: options)
  }

  // What an evaluation reserves is within what training does: it keeps nothing for a backward pass.
  private static func check(
    _ program: Program, limit: Int?, of job: TrainingJob, options: TrainingOptions
  ) throws(TrainingFault) {
    guard let limit, program.reservedBytes > limit else { return }
    let refusal: MemoryRefusal
    do throws(ModelFault) {
      refusal = try MemoryRefusal(
        program, limit: limit, model: job.model, batch: job.batch, options: options)
    } catch {
      throw .model(error)
    }
    throw .memoryLimit(refusal)
  }

  /// Bytes of each region, large enough for both programs.
  var regionBytes: [Program.Region: Int] {
    training.regionBytes.merging(evaluation?.regionBytes ?? [:]) { max($0, $1) }
  }
}
