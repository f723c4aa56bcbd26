public import Digests
public import NotebookSyntax

/// A directive that can be run: everything about it is checked and known.
public struct Cell: Sendable {
  /// The identifier.
  public var id: String
  /// The kind.
  public var kind: DirectiveKind
  /// The directive in the notebook.
  public var directive: Directive
  /// Its place in a sweep; nil for a cell that is no point of one.
  public var point: SweepPoint?
  /// The line of its opening fence, from 1.
  public var line: Int
  /// What it asks for.
  public var body: CellBody
  /// How it is executed and shown.
  public var options: CellOptions
  /// The cells whose results it needs, each once, in the order of the body.
  public var dependencies: [String]
  /// Whether it runs: false where `when` says so for it or for a cell that it needs.
  public var isActive: Bool
  /// The input key.
  public var key: Digest
  /// What the key is made of, for telling what changed.
  public var keyParts: [KeyPart]
}
