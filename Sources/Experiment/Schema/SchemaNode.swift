/// What a value in a directive may be, as readers and editors can be told.
public indirect enum SchemaNode: Sendable, Equatable {
  /// Anything: the readers say nothing, or only once files are there.
  case any
  /// Text; numbers and flags count as what was written.
  case text
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// A number with its bounds.
  case number(Limits)
  /// True or false.
  case flag
  /// Bytes: a number, or a text such as `900 MiB`.
  case size
  /// One of these words.
  case words([String])
  /// One of these words, or another text of a pattern.
  case name(words: [String], pattern: String)
  /// A list.
  case list(SchemaNode)
  /// A mapping of known keys.
  case object(Object)
  /// A mapping of names of one's own to values.
  case map(SchemaNode)
  /// Any of several.
  case anyOf([SchemaNode])
  /// A definition that is used in several places.
  case reference(String)

  /// The bounds of a number; nil where there is none.
  public struct Limits: Sendable, Equatable {
    /// The least value.
    public var least: Double?
    /// Whether the least value is itself too little.
    public var excludesLeast: Bool
    /// The greatest value.
    public var greatest: Double?
    /// Whether the greatest value is itself too much.
    public var excludesGreatest: Bool
  }

  /// A mapping of known keys.
  public struct Object: Sendable, Equatable {
    /// What it is, with its article: `a train directive`.
    public var title: String
    /// The keys in the order in which messages list them.
    public var properties: [Property]
    /// The keys that have to be there.
    public var required: [String]
    /// Sets of keys of which one has to be there.
    public var requiredOneOf: [[String]]
    /// How many keys there may be; nil for any number.
    public var count: ClosedRange<Int>?
    /// A key under which those that have to be there may stand instead.
    public var supplier: String?
    /// What may lack keys within it, as the supplier may have them.
    public var supplied: [Supplied] = []
  }

  /// A key whose value may lack keys that stand, by their paths, under the supplier instead.
  ///
  /// Its value is `whole`, or the supplier has one of the paths; the property itself is what it may
  /// be then.
  public struct Supplied: Sendable, Equatable {
    /// The key.
    public var key: String
    /// The value that lacks nothing.
    public var whole: SchemaNode
    /// The paths of the keys that may be lacking: `evaluate.every`.
    public var paths: [String]
  }

  /// A key and what its value may be.
  public struct Property: Sendable, Equatable {
    /// The key.
    public var key: String
    /// The value.
    public var value: SchemaNode
  }
}
