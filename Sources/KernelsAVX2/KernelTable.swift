public import KernelTable

/// The kernels of this module's instruction set.
@inline(never)
public func kernelTable() -> any KernelTable { VectorKernels() }

/// The kernels; extensions hold them, a file for each family.
struct VectorKernels: KernelTable {}
