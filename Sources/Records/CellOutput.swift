/// What a kind of cell shows beyond metrics, memory and times.
public enum CellOutput: Codable, Sendable, Equatable {
  case none
  case data(DataSummary)
  case model(ModelSummary)
  case plan(PlanSummary)
  case train(TrainSummary)
  case eval(EvaluationSummary)
  case generate(GenerationSummary)
  case compare(ComparisonSummary)
  case expect([ClaimResult])
  case query(QueryResult)
  case plot(PlotSummary)
  case sweep(SweepSummary)
}

/// What a data set consists of.
public struct DataSummary: Codable, Sendable, Equatable {
  /// One sentence such as `bytes of 3 files`.
  public var description: String
  /// Number of different tokens; of classes where examples are features.
  public var vocabularySize: Int
  /// Tokens or examples of each split, in order: `train`, `validation`, `test`.
  public var splits: [Split]
  /// The digest of all tokens or examples.
  public var digest: String
  /// A few examples as text, already safe to print.
  public var examples: [String]
  /// The extents of an example; nil where examples are windows of a stream.
  public var shape: [Int]?
  /// Whether examples are features, so that `vocabularySize` counts classes; nil for tokens.
  public var hasClasses: Bool?

  /// What splits count: `tokens` of a stream, else `examples`.
  public var unit: String { shape == nil ? "tokens" : "examples" }

  /// Creates a summary.
  public init(
    description: String, vocabularySize: Int, splits: [Split], digest: String,
    examples: [String], shape: [Int]? = nil, hasClasses: Bool? = nil
  ) {
    self.description = description
    self.vocabularySize = vocabularySize
    self.splits = splits
    self.digest = digest
    self.examples = examples
    self.shape = shape
    self.hasClasses = hasClasses
  }

  /// A named part of the data.
  public struct Split: Codable, Sendable, Equatable {
    /// `train` or `validation`.
    public var name: String
    /// Its number of tokens or examples.
    public var count: Int

    /// Creates a split.
    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }
}

/// A model's layers and totals, for a batch of one.
public struct ModelSummary: Codable, Sendable, Equatable {
  /// The layers in order; repeated layers are one row with a count.
  public var layers: [Row]
  /// Parameters of the whole model, shared ones counted once.
  public var parameters: Int
  /// Bytes of forward values that the backward pass needs, for a batch of one.
  public var activationBytes: Int
  /// Flops of a forward pass for a batch of one.
  public var flops: Int

  /// Creates a summary.
  public init(layers: [Row], parameters: Int, activationBytes: Int, flops: Int) {
    self.layers = layers
    self.parameters = parameters
    self.activationBytes = activationBytes
    self.flops = flops
  }

  /// A layer, or several alike.
  public struct Row: Codable, Sendable, Equatable {
    /// The layer's path, such as `block.*.mlp`.
    public var layer: String
    /// Its output's shape without the batch, such as `[512, 768]`.
    public var shape: [Int]
    /// How many alike.
    public var count: Int
    /// Parameters of one of them.
    public var parameters: Int
    /// Bytes kept for the backward pass by one of them.
    public var activationBytes: Int
    /// Flops of one of them.
    public var flops: Int

    /// Creates a row.
    public init(
      layer: String, shape: [Int], count: Int, parameters: Int, activationBytes: Int, flops: Int
    ) {
      self.layer = layer
      self.shape = shape
      self.count = count
      self.parameters = parameters
      self.activationBytes = activationBytes
      self.flops = flops
    }
  }
}

/// A training run's set-up and totals.
public struct TrainSummary: Codable, Sendable, Equatable {
  /// Optimizer steps.
  public var steps: Int
  /// Examples a step.
  public var batch: Int
  /// Tokens of an example; nil where examples are not sequences.
  public var contextLength: Int?
  /// Parameters of the model.
  public var parameters: Int
  /// The checkpoint policy as written.
  public var policy: String
  /// What activations are stored as; nil for `f32`.
  public var precision: String?
  /// The optimizer as written: `adamw`.
  public var optimizer: String
  /// The seed.
  public var seed: Int
  /// The number of whole passes over the data, as far as they got.
  public var epochs: Double
  /// Whether all that was computed again had the bits of the first pass; nil where nobody looked.
  public var hasEqualReplay: Bool?

  /// Creates a summary.
  public init(
    steps: Int, batch: Int, contextLength: Int?, parameters: Int, policy: String,
    precision: String? = nil, optimizer: String, seed: Int, epochs: Double,
    hasEqualReplay: Bool? = nil
  ) {
    self.hasEqualReplay = hasEqualReplay
    self.steps = steps
    self.batch = batch
    self.contextLength = contextLength
    self.parameters = parameters
    self.policy = policy
    self.precision = precision
    self.optimizer = optimizer
    self.seed = seed
    self.epochs = epochs
  }
}

/// A claim, the values that it speaks of, and whether it holds.
public struct ClaimResult: Codable, Sendable, Equatable {
  /// The claim as written.
  public var claim: String
  /// The referenced values by reference, in order of appearance.
  public var values: [Binding]
  /// Whether it holds.
  public var holds: Bool
  /// Why it can't be decided, and so does not hold; nil where it is decided.
  public var reason: String?

  /// Creates a result.
  public init(claim: String, values: [Binding], holds: Bool, reason: String? = nil) {
    self.claim = claim
    self.values = values
    self.holds = holds
    self.reason = reason
  }

  /// A reference and its value.
  public struct Binding: Codable, Sendable, Equatable {
    /// The reference: `gpt-sqrt.memory.peak`.
    public var reference: String
    /// Its value.
    public var value: RecordedValue

    /// Creates a binding.
    public init(reference: String, value: RecordedValue) {
      self.reference = reference
      self.value = value
    }
  }
}
