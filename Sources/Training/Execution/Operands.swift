import Checkpointing

/// The addresses of one kernel call, noted as they are handed out.
final class Operands {
  private let arena: Arena
  private let instruction: Program.Instruction
  private(set) var reads: [Range<UInt>] = []
  private(set) var writes: [Range<UInt>] = []
  private let notes: Bool

  init(_ instruction: Program.Instruction, arena: Arena, notes: Bool) {
    self.instruction = instruction
    self.arena = arena
    self.notes = notes
  }

  /// How many inputs there are.
  var inputCount: Int { instruction.inputs.count }

  /// An input to read.
  func input(_ index: Int) -> UnsafePointer<Float> {
    UnsafePointer(typed(instruction.inputs[index], reads: true, writes: false))
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
    typed(instruction.outputs[index], reads: adds, writes: true)
  }

  /// Scratch space; empty where the operation has none.
  var workspace: UnsafeMutableRawBufferPointer {
    guard let slot = instruction.workspace else {
      return UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
    let bytes = arena.bytes(slot)
    note(bytes, reads: false, writes: true)
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
