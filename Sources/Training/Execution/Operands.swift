import Checkpointing
import KernelTable
import Kernels

/// The addresses of one kernel call, noted as they are handed out.
///
/// An operand that is stored as bf16 is handed out as an f32 copy in the call's scratch space, and
/// rounded back by `finish` where the kernel wrote it.
final class Operands {
  private let arena: Arena
  private let kernels: Kernels
  private let instruction: Program.Instruction
  private(set) var reads: [Range<UInt>] = []
  private(set) var writes: [Range<UInt>] = []
  private let notes: Bool
  private var hasNotedScratch = false
  /// Outputs to be rounded: which, and how many values.
  private var written: [Int] = []

  init(_ instruction: Program.Instruction, arena: Arena, kernels: Kernels, notes: Bool) {
    self.instruction = instruction
    self.arena = arena
    self.kernels = kernels
    self.notes = notes
  }

  /// How many inputs there are.
  var inputCount: Int { instruction.inputs.count }

  /// An input to read.
  func input(_ index: Int) -> UnsafePointer<Float> {
    if let offset = instruction.staging?.inputs[index] {
      return UnsafePointer(widened(instruction.inputs[index], offset, reads: true))
    }
    return UnsafePointer(typed(instruction.inputs[index], reads: true, writes: false))
  }

  /// An input of tokens or classes to read.
  func indices(_ index: Int) -> UnsafePointer<Int32> {
    UnsafePointer(typed(instruction.inputs[index], reads: true, writes: false))
  }

  /// An input that is changed in place.
  func changed(_ index: Int) -> UnsafeMutablePointer<Float> {
    typed(instruction.inputs[index], reads: true, writes: true)
  }

  /// An output to write; `adds` when the kernel adds to what is there.
  func output(_ index: Int, adds: Bool = false) -> UnsafeMutablePointer<Float> {
    if let offset = instruction.staging?.outputs[index] {
      written.append(index)
      return widened(instruction.outputs[index], offset, reads: adds)
    }
    return typed(instruction.outputs[index], reads: adds, writes: true)
  }

  /// The bytes of a value that is written to a file, or read from it.
  var moved: UnsafeMutableRawBufferPointer {
    let isRead = instruction.inputs.isEmpty
    let bytes = arena.bytes(isRead ? instruction.outputs[0] : instruction.inputs[0])
    note(bytes, reads: !isRead, writes: isRead)
    return bytes
  }

  /// Scratch space; empty where the operation has none.
  var workspace: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: scratch.dropFirst(instruction.staging?.byteCount ?? 0))
  }

  /// Rounds the outputs that are stored as bf16.
  func finish() {
    for index in written {
      guard let offset = instruction.staging?.outputs[index] else { continue }
      let slot = instruction.outputs[index]
      let target: UnsafeMutablePointer<UInt16> = typed(slot, reads: false, writes: true)
      kernels.round(
        UnsafePointer(staged(offset)), into: target,
        count: slot.byteCount / MemoryLayout<UInt16>.size)
    }
    written = []
  }

  // MARK: - Staging

  /// The f32 copy of an operand; its values are what is stored if the kernel reads them.
  private func widened(
    _ slot: Program.Slot, _ offset: Int, reads: Bool
  ) -> UnsafeMutablePointer<Float> {
    let target = staged(offset)
    guard reads else { return target }
    let source: UnsafeMutablePointer<UInt16> = typed(slot, reads: true, writes: false)
    kernels.widen(
      UnsafePointer(source), into: target, count: slot.byteCount / MemoryLayout<UInt16>.size)
    return target
  }

  private func staged(_ offset: Int) -> UnsafeMutablePointer<Float> {
    let bytes = UnsafeMutableRawBufferPointer(rebasing: scratch.dropFirst(offset))
    guard let base = bytes.bindMemory(to: Float.self).baseAddress else {
      preconditionFailure("\(instruction.layer) stages an operand without scratch space")
    }
    return base
  }

  /// All scratch space, staged operands first.
  private var scratch: UnsafeMutableRawBufferPointer {
    guard let slot = instruction.workspace else {
      return UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
    let bytes = arena.bytes(slot)
    if !hasNotedScratch { note(bytes, reads: false, writes: true) }
    hasNotedScratch = true
    return bytes
  }

  private func typed<Element>(
    _ slot: Program.Slot, reads: Bool, writes: Bool
  ) -> UnsafeMutablePointer<Element> {
    let bytes = arena.bytes(slot)
    note(bytes, reads: reads, writes: writes)
    guard let base = bytes.bindMemory(to: Element.self).baseAddress else {
      preconditionFailure("\(instruction.layer) has an operand without bytes")
    }
    return base
  }

  private func note(_ bytes: UnsafeMutableRawBufferPointer, reads: Bool, writes: Bool) {
    guard notes, let base = bytes.baseAddress else { return }
    let first = UInt(bitPattern: base)
    let addresses = first..<first + UInt(bytes.count)
    if reads { self.reads.append(addresses) }
    if writes { self.writes.append(addresses) }
  }
}
