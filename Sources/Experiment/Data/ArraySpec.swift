public import DataFiles

/// Examples in arrays of files: rows of features with targets, or rows of tokens.
public struct ArraySpec: Hashable, Sendable {
  /// What the rows of the inputs are.
  public enum Content: String, Hashable, Sendable {
    case features, tokens
  }

  /// The arrays of one part of the data; all but a stream of tokens have as many rows.
  public struct Part: Hashable, Sendable {
    /// Features [examples, …], tokens [examples, length], or a stream of tokens [count].
    public var inputs: StoredArray
    /// What is to be predicted; nil for the next tokens.
    public var targets: StoredArray?
    /// Tokens of each row that count.
    public var lengths: StoredArray?
    /// The type of each token.
    public var types: StoredArray?
  }

  /// The format of the files.
  public var format: ArrayFormat
  /// What the rows are.
  public var content: Content
  /// What is split.
  public var main: Part
  /// A test part of its own.
  public var test: Part?
  /// Tokens are below it, as far as the notebook says.
  public var vocabularySize: Int?
  /// How features are scaled.
  public var scaling: ScalingSpec

  /// The extents of an example: [width], [height, width, channels], or [length] of tokens.
  public var exampleShape: [Int] {
    let shape = Array(main.inputs.shape.dropFirst())
    guard content == .features else { return shape }
    // Images without channels have one.
    return shape.count == 2 ? shape + [1] : shape.isEmpty ? [1] : shape
  }

  /// Whether the tokens are one stream, cut into windows of the model's context.
  public var isStream: Bool { content == .tokens && main.inputs.shape.count == 1 }
}

/// How features are scaled: (x/divisor − mean)/deviation.
public struct ScalingSpec: Hashable, Sendable {
  /// 255 for bytes that stand for 0 to 1.
  public var divisor: Double = 1
  /// One for all, or one a channel; empty for 0.
  public var mean: [Double] = []
  /// One for all, or one a channel; empty for 1.
  public var deviation: [Double] = []
}

/// The formats that arrays come in.
public enum ArrayFormat: String, Hashable, Sendable {
  case npy, idx, safetensors
}

/// An array of a file whose header was read.
public struct StoredArray: Hashable, Sendable {
  /// The file.
  public let file: ResolvedFile
  /// The tensor's name, where the file holds several.
  public let tensor: String?
  /// The array's sizes.
  public let shape: [Int]
  /// Whether its numbers are whole.
  public let isInteger: Bool
  private let format: ArrayFormat

  /// Reads an array's header.
  ///
  /// - Throws: `DataFileError` where the file is malformed.
  init(_ file: ResolvedFile, format: ArrayFormat, tensor: String?) throws(DataFileError) {
    (self.file, self.format, self.tensor) = (file, format, tensor)
    let type: NumberType
    switch format {
    case .npy:
      let array = try NPYFile(file.content)
      (shape, type) = (array.shape, array.type)
    case .idx:
      let array = try IDXFile(file.content)
      (shape, type) = (array.shape, array.elements.type)
    case .safetensors:
      let tensors = try SafetensorsFile(file.content)
      type = try tensors.elements(named: tensor ?? "").type
      shape = tensors[tensor ?? ""]?.shape ?? []
    }
    isInteger = !type.isFloatingPoint
  }

  /// The numbers, the last index running fastest.
  ///
  /// - Throws: `DataFileError` where the file was changed.
  public func elements() throws(DataFileError) -> Elements {
    switch format {
    case .npy: try NPYFile(file.content).elements()
    case .idx: try IDXFile(file.content).elements
    case .safetensors: try SafetensorsFile(file.content).elements(named: tensor ?? "")
    }
  }
}
