import Diagnostics
import ModelGraph

/// What can be wrong with a notebook's front matter and bodies: facts, with their prose in
/// `Fault+Message.swift`.
enum Fault: Hashable {
  // YAML.
  case invalidYAML(problem: String)
  case reservedCharacter
  case manyAliases
  case anchor(String)
  case tag(String)
  case nestedTooDeep(Int)
  case duplicateKey(String, firstLine: Int?)
  case keyIsNotText
  case keyIsParameter

  // Parameters.
  case unknownParameter(String, known: [String])
  case unknownOverride(String, known: [String])
  case malformedParameter
  case invalidParameterName(String)
  case parameterWithoutValue(String)
  case parameterType(String, type: String, found: String)
  case parameterChoice(String, found: String, choices: [String])

  // Keys and values.
  case lateOption(String)
  case emptyBody(owner: String, example: String)
  case missingKey(String, owner: String)
  case missingOneOf([String], owner: String)
  case conflictingKeys([String], owner: String)
  case unknownKey(String, owner: String, known: [String])
  case unknownWord(String, what: String, known: [String])
  case wrongType(what: String, expected: String, found: String)
  case tooSmall(what: String, found: String, least: String)
  case tooLarge(what: String, found: String, greatest: String)
  case notSeveral(what: String, found: [String])
  case invalidSize(what: String, found: String)
  case invalidTime(what: String, found: String)
  case invalidName(String)
  case emptyList(what: String)
  case repeatedItem(String, what: String)
  case tooManyLayers(limit: Int)
  case headsDoNotDivide(heads: Int, width: Int)
  case model(ModelFault)

  // Files.
  case file(FileFault)
  case dataFile(DataFault)
  case misshapedArray(what: String, file: String, found: [Int], expected: String)
  case fractionalArray(what: String, file: String)
  case pretrained(folder: String, PretrainedProblem)

  // References.
  case unknownCell(String, expected: [DirectiveKind], known: [String])
  case wrongKind(String, found: DirectiveKind, expected: [DirectiveKind])
  case cycle([String])
  case baselineNotCompared(String, cells: [String])
  case unknownValue(String, cell: String, known: [String])
  case unknownColumn(String, known: [String])
  case noValues(String, kind: DirectiveKind)
  case unknownPoint(String, known: [String])
  case invalidReference(String)

  // Cells that do not fit each other.
  case inputMismatch(model: String, needs: String, data: String, has: String)
  case vocabularyTooSmall(model: String, has: Int, data: String, needs: Int)
  case featuresDiffer(model: String, has: Int, data: String, needs: Int)
  case classesDiffer(model: String, has: Int, data: String, needs: Int)
  case numbersForClasses(model: String, data: String)
  case wordsForNumbers(model: String, data: String)
  case numbersDiffer(model: String, has: Int, data: String, needs: Int)
  case imagesDiffer(model: String, has: [Int], data: String, needs: [Int])
  case contextTooShort(model: String, has: Int, data: String, needs: Int)
  case targetsDiffer(model: String, data: String, isPerToken: Bool)
  case tokenizersDiffer(data: String, trained: String)
  case outputRows(model: String, rows: Int, data: String, needs: Int)
  /// A split has fewer examples, or tokens where a context is given, than a batch needs.
  case tooLittleData(
    split: String, data: String, has: Int, needs: Int, batch: Int, context: Int?)
  case noSplit(String, data: String)
  case warmupTooLong(warmup: Int, steps: Int)
  case unknownBlock(String, model: String, known: [String])
  /// A policy keeps or drops values of which a model has none.
  case unknownActivation(String, model: String, known: [String])
  case unknownParameters(String, model: String, known: [String])
  /// Cells of the kind can't be stopped.
  case timeoutOf(DirectiveKind)
  case nothingToTrain(model: String)
  case noParameters(model: String)
  case promptWithoutText(data: String)
  case metricOfLoss(metric: String, loss: String)
  /// What a model draws may be a token that it can't read.
  case drawsUnknown(model: String, outputs: Int, tokens: Int)
  case updateInBackward(with: String)
  case savedTwice(folder: String, by: String)
  case savedOverModel(folder: String, model: String)

  // Claims.
  case claim(ClaimFault)
}

/// A fault and its place in the source.
struct PlacedFault: Hashable {
  var fault: Fault
  var range: ByteRange

  init(_ fault: Fault, at range: ByteRange) {
    self.fault = fault
    self.range = range
  }

  /// The printable form.
  func diagnostic(in source: SourceText) -> Diagnostic {
    Diagnostic(
      code: fault.code, message: fault.message, in: source, at: range, notes: fault.notes)
  }
}
