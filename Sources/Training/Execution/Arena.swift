import Checkpointing
import DataFiles
import Glibc

/// The memory of a run: one mapping for each region, the same from the first step to the last.
///
/// Unsafe because kernels take addresses. Safe because a program's slots lie within the regions
/// (`Layout` makes both) and slots that share time never overlap (`Placement`).
final class Arena: @unchecked Sendable {
  // Not Sendable by itself: one executor at a time uses it, and kernels write disjoint tiles.
  private let bases: [Program.Region: UnsafeMutableRawPointer]
  private let sizes: [Program.Region: Int]

  /// Maps regions of these sizes, zeroed, in large pages where the system has them.
  init(byteCounts: [Program.Region: Int]) throws(TrainingFault) {
    var bases: [Program.Region: UnsafeMutableRawPointer] = [:]
    for (region, byteCount) in byteCounts where byteCount > 0 && region != .disk {
      guard let base = Self.map(byteCount) else {
        for (region, base) in bases { munmap(base, byteCounts[region] ?? 0) }
        throw TrainingFault.outOfMemory(byteCount: byteCount)
      }
      bases[region] = base
    }
    self.bases = bases
    sizes = byteCounts.filter { $0.key != .disk }
  }

  deinit { for (region, base) in bases { munmap(base, sizes[region] ?? 0) } }

  private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let base = mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let base, base != MAP_FAILED else { return nil }
    madvise(base, byteCount, MADV_HUGEPAGE)
    return base
  }

  /// The bytes of a slot.
  func bytes(_ slot: Program.Slot) -> UnsafeMutableRawBufferPointer {
    guard slot.byteCount > 0, let base = bases[slot.region] else {
      return UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
    precondition(
      slot.offset >= 0 && slot.offset + slot.byteCount <= sizes[slot.region] ?? 0,
      "a slot lies outside of its region")
    return UnsafeMutableRawBufferPointer(start: base + slot.offset, count: slot.byteCount)
  }

  /// Whether all numbers of a slot, which holds f32, are finite.
  func isFinite(_ slot: Program.Slot) -> Bool {
    bytes(slot).bindMemory(to: Float.self).firstNonFinite == nil
  }

  /// All bytes of a region.
  func bytes(of region: Program.Region) -> UnsafeMutableRawBufferPointer {
    bytes(Program.Slot(region: region, offset: 0, byteCount: sizes[region] ?? 0))
  }
}
