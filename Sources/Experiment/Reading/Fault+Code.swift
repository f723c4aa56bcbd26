extension Fault {
  /// The stable name of the fault in diagnostics.
  var code: String {
    switch self {
    case .invalidYAML, .reservedCharacter, .keyIsNotText: "invalid-yaml"
    case .manyAliases, .anchor: "yaml-alias"
    case .tag: "yaml-tag"
    case .nestedTooDeep: "too-deep"
    case .duplicateKey: "duplicate-key"
    case .keyIsParameter, .malformedParameter: "malformed-parameter"
    case .unknownParameter, .unknownOverride: "unknown-parameter"
    case .invalidParameterName, .parameterWithoutValue, .parameterType, .parameterChoice:
      "invalid-parameter"
    case .emptyBody: "empty-body"
    case .lateOption: "late-option"
    case .missingKey, .missingOneOf: "missing-key"
    case .conflictingKeys: "conflicting-keys"
    case .unknownKey: "unknown-key"
    case .unknownWord: "unknown-word"
    case .wrongType, .notSeveral, .emptyList: "wrong-type"
    case .tooSmall, .tooLarge, .tooManyLayers: "out-of-range"
    case .invalidSize: "invalid-size"
    case .invalidTime: "invalid-time"
    case .invalidName: "invalid-name"
    case .repeatedItem: "repeated-item"
    case .headsDoNotDivide, .model: "invalid-model"
    case .file: "invalid-file"
    case .dataFile(let fault): fault.code
    case .misshapedArray: "misshaped-array"
    case .fractionalArray: "wrong-type"
    case .pretrained: "invalid-weights"
    case .unknownCell, .unknownPoint: "unknown-cell"
    case .wrongKind, .noValues: "wrong-kind"
    case .cycle: "reference-cycle"
    case .baselineNotCompared: "invalid-baseline"
    case .unknownValue, .unknownColumn, .invalidReference: "unknown-value"
    case .inputMismatch, .vocabularyTooSmall, .featuresDiffer, .classesDiffer, .imagesDiffer,
      .numbersForClasses, .wordsForNumbers, .numbersDiffer,
      .contextTooShort, .targetsDiffer, .outputRows, .tokenizersDiffer, .tooLittleData, .noSplit,
      .warmupTooLong,
      .nothingToTrain, .noParameters, .metricOfLoss, .drawsUnknown, .promptWithoutText,
      .updateInBackward,
      .savedTwice, .savedOverModel:
      "mismatch"
    case .unknownBlock: "unknown-block"
    case .timeoutOf: "useless-option"
    case .unknownActivation: "unknown-activation"
    case .unknownParameters: "unknown-parameters"
    case .claim: "invalid-claim"
    }
  }
}
