public import Digests
public import ModelGraph
public import Pretrained

/// A model, and where its weights come from.
public struct ModelCell: Hashable, Sendable {
  /// The layers.
  public var spec: ModelSpec
  /// The folder whose weights it begins with; nil draws them.
  public var pretrained: PretrainedModel?

  /// Creates a model.
  public init(spec: ModelSpec, pretrained: PretrainedModel? = nil) {
    self.spec = spec
    self.pretrained = pretrained
  }
}

/// A folder of weights as it was when the notebook was read.
public struct PretrainedModel: Hashable, Sendable {
  /// The folder's path from the project's folder.
  public var folder: String
  /// The files that were read, and the digests of their contents.
  public var files: [File]
  /// The weights; read when they are used.
  public var weights: PretrainedWeights

  /// A file of the folder.
  public struct File: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The digest of its bytes.
    public var digest: Digest
  }

  /// Folders of the same contents are the same.
  public static func == (left: PretrainedModel, right: PretrainedModel) -> Bool {
    left.folder == right.folder && left.files == right.files
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(folder)
    hasher.combine(files)
  }
}
