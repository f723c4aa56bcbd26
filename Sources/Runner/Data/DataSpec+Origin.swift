import DataFiles
import Experiment
import Training

extension DataSpec {
  /// The file and the place of a number that does not suit a model.
  ///
  /// The training knows the examples, in their shuffled order, but not where they come from; as
  /// this is asked once, of a run that fails, the files are searched for the number.
  ///
  /// - Returns: nil where no single number of a file is at fault.
  func origin(of mismatch: TrainingFault.DataMismatch) -> DataFileError? {
    guard case .arrays(let arrays) = source else { return nil }
    for part in [arrays.main, arrays.test].compactMap(\.self) {
      let found: DataFileError? =
        switch mismatch {
        case .token(let token, let vocabulary):
          part.inputs.origin(of: token, "a token", below: vocabulary)
        case .negativeClass(let index, let ignored):
          part.targets?.origin(ofNegativeClass: index, ignored: ignored)
        case .tokenType(let type, let types) where types > 0:
          part.types?.origin(of: type, "a token's type", below: types)
        case .classes(let data, let model):
          part.targets?.origin(of: data - 1, "a class", below: model)
        default: nil
        }
      if let found { return found }
    }
    return nil
  }
}

extension StoredArray {
  /// The first place of a number that is not allowed.
  fileprivate func origin(of value: Int, _ what: String, below end: Int) -> DataFileError? {
    place(of: value, what).map { outside(what, value, at: $0, allowed: 0...max(0, end - 1)) }
  }

  fileprivate func origin(ofNegativeClass index: Int, ignored: Int?) -> DataFileError? {
    place(of: index, "a class").map { offset in
      DataFileError(
        file: file.path,
        fault: ValueFault.negativeClass(
          index, ignored: ignored, place: ValuePlace(offset: offset, in: shape)))
    }
  }

  private func place(of value: Int, _ what: String) -> Int? {
    (try? wholeNumbers(what))?.firstIndex(of: Int32(clamping: value))
  }
}
