/// A batch as a program reads it: every array fills its slot.
struct Batch {
  /// Tokens [batch × time]; empty for a model of features.
  var tokens: [Int32] = []
  /// 1 for tokens that count and 0 for padding [batch × time].
  var mask: [Int32] = []
  /// The types of tokens [batch × time].
  var types: [Int32] = []
  /// Features [batch × width]; empty for a model of tokens.
  var features: [Float] = []
  /// Class indices, one for each row of the output.
  var classes: [Int32] = []
  /// Numbers to predict; empty where classes are compared with.
  var values: [Float] = []
}
