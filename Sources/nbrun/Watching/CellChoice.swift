import Diagnostics

/// What the keys that were pressed so far choose among the cells that wait.
///
/// A digit chooses at once where no other number begins with it, else Enter or a further digit
/// decides. `/` begins a name, of which as much is typed as tells it from the others. Escape takes
/// back what was typed.
struct CellChoice {
  /// What came of a key.
  enum Outcome: Equatable {
    /// Nothing is decided yet.
    case open
    /// That cell is to run.
    case cell(WaitingCells.Entry)
    /// All cells are to run.
    case all
    /// The watching ends.
    case end
    /// No cell that waits is called that; one of these may be meant.
    case unknown(String, near: String?)
    /// Several cells' names begin like that.
    case ambiguous(String, names: [String])
  }

  /// What was typed and is not decided: `1`, `/gpt`; empty where nothing is.
  private(set) var typed = ""

  /// Takes a key.
  mutating func press(_ key: Character, among cells: WaitingCells) -> Outcome {
    switch key {
    case "\u{1B}": typed = ""
    case "\u{7F}", "\u{08}": typed = String(typed.dropLast())
    case "\n", "\r": return typed.isEmpty ? .open : confirmed(cells.entries)
    case _ where typed.hasPrefix("/"): if key.isPrintable { typed.append(key) }
    case "/": typed = "/"
    case "0"..."9":
      typed.append(key)
      return numbered(cells.entries)
    case "q": return .end
    case "r":
      typed = ""
      return .all
    default: break
    }
    return .open
  }

  /// Forgets what was typed.
  mutating func cancel() { typed = "" }

  private mutating func numbered(_ entries: [WaitingCells.Entry]) -> Outcome {
    let possible = entries.filter { "\($0.number)".hasPrefix(typed) }
    if possible.count > 1 || possible.contains(where: { "\($0.number)" != typed }) { return .open }
    return decided(possible)
  }

  private mutating func confirmed(_ entries: [WaitingCells.Entry]) -> Outcome {
    guard typed.hasPrefix("/") else { return decided(entries.filter { "\($0.number)" == typed }) }
    let name = String(typed.dropFirst())
    guard !name.isEmpty else { return decided([], among: entries) }
    let exact = entries.filter { $0.id == name || $0.name == name }
    guard exact.isEmpty else { return decided(exact) }
    return decided(
      entries.filter { $0.id.hasPrefix(name) || $0.name.hasPrefix(name) }, among: entries)
  }

  /// The only one of some cells; what was typed stays where there are several, for more of the name.
  private mutating func decided(
    _ found: [WaitingCells.Entry], among entries: [WaitingCells.Entry] = []
  ) -> Outcome {
    let name = typed.hasPrefix("/") ? String(typed.dropFirst()) : typed
    guard found.count < 2 else { return .ambiguous(name, names: found.map(\.name)) }
    typed = ""
    guard let cell = found.first else {
      return .unknown(name, near: nearestWord(to: name, in: entries.map(\.name)))
    }
    return .cell(cell)
  }
}

extension Character {
  /// Whether it is of the ASCII characters that names are made of; bytes of others come one by one.
  fileprivate var isPrintable: Bool {
    guard let value = asciiValue else { return false }
    return value > 0x20 && value < 0x7F
  }
}
