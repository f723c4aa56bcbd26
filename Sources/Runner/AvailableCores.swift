import Foundation

/// The processors that this process may run on.
func availableCores() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
