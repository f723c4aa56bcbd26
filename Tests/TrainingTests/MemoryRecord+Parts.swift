import Records

extension MemoryRecord {
  /// The sum of the parts of the peak.
  var parts: Int { parameters + gradients + optimizer + activations + workspace + inputs }
}
