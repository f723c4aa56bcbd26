import Checkpointing
import EngineTestSupport
import Foundation
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

@Suite("Training with values on disk")
struct DiskTests {
  /// A random job with values on disk: of large batches, so that activations are what it needs most.
  private static func random(seed: Int) throws -> (random: RandomJob, plain: TrainingJob) {
    var random = try RandomJob(seed: seed &+ 1700)
    random.job.batch *= 4
    random.job.offload = DiskOffload(leastBytes: 1)
    random.data = try .random(
      for: random.job.model, examples: 3 * random.job.batch + 1, seed: seed)
    return (random, random.job.with { $0.offload = nil })
  }

  @Test(
    "Values on disk change no number, live bytes are the planned ones during every operation, and nothing reads what was freed",
    arguments: 0..<24)
  func laws(seed: Int) throws {
    let (random, plain) = try Self.random(seed: seed)
    let expected = try plain.outcome(random.data)
    for policy in [.none, .minimum] + random.policies {
      let job = random.job.with { $0.policy = policy }
      let run = try TrainingRun(job, data: random.data, kernels: Kernels(threads: 2))
      run.training.poisonsFreedBytes = true
      let outcome = try run.run()
      #expect(outcome.digest == expected.digest, "\(policy)")
      #expect(outcome.metrics == expected.metrics, "\(policy)")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(policy)")
      #expect(outcome.memory.parts == outcome.memory.plannedPeak, "\(policy)")
      let planned = outcome.memory.timeline.map(\.total)
      #expect(planned == run.training.measuredTimeline ?? [], "\(policy)")
    }
  }

  @Test(
    "A last batch that is smaller, and a replay that is compared, change nothing of that",
    arguments: 0..<20)
  func partialBatches(seed: Int) throws {
    var (random, plain) = try Self.random(seed: seed)
    let change: (inout TrainingJob) -> Void = {
      $0.dropsLast = false
      $0.length = .steps(5)
      $0.verifiesReplay = true
    }
    change(&random.job)
    change(&plain)
    for policy in [CheckpointPolicy.none, .every(1)] {
      let outcome = try random.job.with { $0.policy = policy }.outcome(random.data)
      #expect(outcome.digest == (try plain.outcome(random.data)).digest, "\(policy)")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(policy)")
    }
  }

  /// A job of which most values wait on disk.
  private static func large() throws -> (job: TrainingJob, data: Dataset) {
    let model = ModelSpec.smallGPT(blocks: 6, width: 64, context: 64, dropout: 0.1)
    let job = TrainingJob.small(model, steps: 2, batch: 8)
    return (job, try .random(for: model, examples: 20))
  }

  @Test("The values of a transformer wait on disk, and threads change no bit")
  func threads() throws {
    let (job, data) = try Self.large()
    let plain = try job.outcome(data)
    for threads in [1, 2, 3] {
      let outcome = try job.with { $0.offload = DiskOffload() }.outcome(data, threads: threads)
      #expect(outcome.digest == plain.digest)
      #expect((outcome.memory.disk ?? 0) > 1 << 20)
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak)
      #expect(outcome.memory.plannedPeak < plain.memory.plannedPeak)
    }
  }

  @Test("A transfer that fails ends the run with the system's words, and saves no step after it")
  func failing() throws {
    let (job, data) = try Self.large()
    let run = try TrainingRun(
      job.with { $0.offload = DiskOffload() }, data: data, kernels: Kernels(threads: 2))
    // A device that is always full.
    let full = DiskFile(descriptor: open("/dev/full", O_RDWR))
    let executor = Executor(
      run.training.program, arena: run.training.arena, kernels: run.kernels, disk: full)
    try run.initializeParameters()
    let loader = run.loader(of: data.train, for: executor)
    let batch = try loader.batch(Array(0..<8)[...])
    _ = executor.step(StepContext(seed: 7, step: 1, passes: 1, learningRate: 0)) { _ in
      loader.write(batch, to: executor.arena)
    }
    #expect(full.failure?.isWrite == true)
    #expect(full.failure?.reason == "No space left on device")
  }

  @Test("A folder that can't hold the file is a fault before the first step")
  func noFile() throws {
    let (job, data) = try Self.large()
    let folder = try TemporaryDirectory()
    let path = try folder.write("file", "")
    var fault: TrainingFault?
    do throws(TrainingFault) {
      _ = try TrainingRun(
        job.with { $0.offload = DiskOffload() }, data: data, kernels: kernels, diskFolder: path)
    } catch {
      fault = error
    }
    guard case .noDiskFile(path, let byteCount, let reason) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(byteCount > 0)
    #expect(reason == "Not a directory")
  }

  private let kernels: Kernels
  init() throws { kernels = try Kernels(threads: 1) }

  @Test("The file has no name, so that nothing is left of it however the process ends")
  func noName() throws {
    let folder = try TemporaryDirectory()
    let file = try DiskFile(byteCount: 1 << 20, folder: folder.path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(file.failure == nil)
  }

  @Test("The speed of a disk is measured with a file that is gone afterwards")
  func speed() throws {
    let folder = try TemporaryDirectory()
    let speed = try #require(DiskSpeed.measured(in: folder.path, byteCount: 2 << 20))
    #expect(speed.writeBytesPerSecond > 0 && speed.readBytesPerSecond > 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(DiskSpeed.measured(in: folder.path("none"), byteCount: 1 << 20) == nil)
  }

  @Test("What is written is read again, in any order of the ends", arguments: 0..<4)
  func roundTrips(seed: Int) throws {
    var random = RepeatableGenerator(seed: seed)
    let folder = try TemporaryDirectory()
    let file = try DiskFile(byteCount: 64 << 12, folder: folder.path)
    let arena = try Arena(byteCounts: [.step: 128 << 12])
    func memory(_ page: Int) -> UnsafeMutableRawBufferPointer {
      arena.bytes(Program.Slot(region: .step, offset: page << 12, byteCount: 4096))
    }
    func place(_ page: Int) -> Program.Slot {
      Program.Slot(region: .disk, offset: page << 12, byteCount: 4096)
    }
    for page in 0..<64 {
      memory(page).initializeMemory(as: UInt8.self, repeating: UInt8(page))
      _ = file.write(memory(page), at: place(page))
    }
    let reads = (0..<64).map { page in (page, file.read(memory(64 + page), at: place(page))) }
    for (page, transfer) in reads.shuffled(using: &random) {
      file.wait(for: transfer)
      #expect(memory(64 + page).allSatisfy { $0 == UInt8(page) })
    }
  }
}
