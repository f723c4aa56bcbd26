public import DataFiles

/// Features that stay in a file until a batch needs them.
public protocol FeatureSource: Sendable {
  /// The features of an example, scaled, its channels last.
  func features(of example: Int) throws(DataFileError) -> [Float]
}

/// Rows of an array in a file.
public struct ArrayFeatures: FeatureSource {
  private let elements: Elements
  private let width: Int
  private let scaling: FeatureScaling

  /// Reads rows of `width` numbers.
  public init(_ elements: Elements, width: Int, scaling: FeatureScaling = FeatureScaling()) {
    self.elements = elements
    self.width = width
    self.scaling = scaling
  }

  /// The numbers of a row.
  ///
  /// - Throws: `DataFileError` with a `ValueFault` where one is not finite, which no training
  ///   survives.
  public func features(of example: Int) throws(DataFileError) -> [Float] {
    var values = try elements.floats(example * width..<(example + 1) * width)
    if let position = values.firstNonFinite {
      throw elements.bytes.error(
        ValueFault.notFinite(
          what: "a feature", value: values[position],
          place: .example(example, position: width > 1 ? position : nil)))
    }
    scaling.apply(to: &values)
    return values
  }
}

/// The images of CIFAR files, one file after the other.
public struct CIFARFeatures: FeatureSource {
  private let files: [CIFARFile]
  private let scaling: FeatureScaling

  /// Reads images.
  public init(_ files: [CIFARFile], scaling: FeatureScaling) {
    self.files = files
    self.scaling = scaling
  }

  /// The pixels of an image.
  public func features(of example: Int) throws(DataFileError) -> [Float] {
    var index = example
    for file in files {
      if index < file.count {
        var values = try file.pixels(of: index).map { Float($0) }
        scaling.apply(to: &values)
        return values
      }
      index -= file.count
    }
    preconditionFailure("example \(example) was counted, but no file has it")
  }
}
