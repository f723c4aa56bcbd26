/// The loops on floats: single-threaded work on one tile, built once for each instruction set.
///
/// A kernel reads and writes exactly the elements that its sizes name, needs no alignment and
/// allocates nothing. Outputs may be inputs (the same pointer) where a kernel says so. Every build
/// gives the same bits: products and sums are written out in one order, 16 lanes wide.
public protocol KernelTable:
  ProductKernels, ElementwiseKernels, NormalizationKernels, AttentionKernels, LossKernels,
  OptimizerKernels, PrecisionKernels, RandomKernels, ActivationKernels, SequenceKernels,
  ColumnKernels, PoolingKernels
{}
