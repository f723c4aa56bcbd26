/// f32 values that a kernel reads.
public typealias Floats = UnsafePointer<Float>

/// f32 values that a kernel writes, or reads and writes.
public typealias MutableFloats = UnsafeMutablePointer<Float>
