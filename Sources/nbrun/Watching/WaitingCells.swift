/// The dear cells of watched notebooks that wait for a key.
///
/// A cell keeps its number for as long as any cell waits, and no other cell gets it: a number that is
/// pressed while something runs means the cell that was shown with it.
struct WaitingCells {
  /// A cell and the number that runs it.
  struct Entry: Equatable {
    /// What the user presses, from 1.
    let number: Int
    /// The notebook as the user named it.
    let file: String
    /// The cell's identifier.
    let id: String
    /// About how long it will take; nil where nobody knows.
    let seconds: Double?
    /// How lists call it: with its notebook where several are watched.
    let name: String
  }

  /// The cells by their numbers.
  private(set) var entries: [Entry] = []
  private let namesFiles: Bool
  private var last = 0

  /// Nothing waits yet.
  ///
  /// - Parameter namesFiles: whether several notebooks are watched, which may have cells of one name.
  init(namesFiles: Bool) { self.namesFiles = namesFiles }

  /// Takes the cells of a notebook that wait now.
  mutating func update(_ file: String, _ cells: [(id: String, seconds: Double?)]) {
    let before = entries.filter { $0.file == file }
    entries.removeAll { $0.file == file }
    if entries.isEmpty && cells.isEmpty { last = 0 }
    for cell in cells {
      let number = before.first { $0.id == cell.id }?.number ?? last + 1
      last = max(last, number)
      entries.append(
        Entry(
          number: number, file: file, id: cell.id, seconds: cell.seconds,
          name: namesFiles ? "\(file)#\(cell.id)" : cell.id))
    }
    entries.sort { $0.number < $1.number }
  }
}
