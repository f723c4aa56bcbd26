public import Digests
import ModelGraph

extension Cell {
  /// What the first steps of a training run depend on; nil where they depend on the number of all
  /// steps as well, or the cell trains nothing.
  ///
  /// Runs with one prefix key do the same steps for as long as both last, bit for bit, so that a
  /// longer one can continue where a shorter one ended.
  public var prefixKey: Digest? {
    guard case .train(let train) = body, !train.schedule.dependsOnLength else { return nil }
    var builder = DigestBuilder()
    builder.append(field: "nbrun prefix key 1")
    let own: Set<String> = ["steps", "epochs", "log_every", "save"]
    for part in keyParts.sorted(by: { $0.name < $1.name }) where !own.contains(part.name) {
      builder.append(field: part.name)
      builder.append(field: part.value)
    }
    return builder.finalize()
  }
}

extension LearningRateSchedule {
  /// Whether the rate of a step depends on how many there are.
  fileprivate var dependsOnLength: Bool {
    switch self {
    case .constant, .step: false
    case .linear, .cosine, .oneCycle: true
    }
  }
}
