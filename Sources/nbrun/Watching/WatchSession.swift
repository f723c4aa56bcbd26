import Diagnostics
import Glibc
import Reporting
import Runner

/// The life of `nbrun watch`: runs, then waits for a saved file or a key, and so on.
struct WatchSession {
  private let files: [String]
  private let options: RunOptions
  private let limit: Double
  private let display: DisplayOptions
  private let progress: ProgressLines
  private let watch: FileWatch
  private let keyboard = Keyboard()
  private var waiting: WaitingCells
  private var choice = CellChoice()

  init(
    _ files: [String], options: RunOptions, limit: Double, display: DisplayOptions
  ) throws(RunFault) {
    self.files = files
    self.options = options
    self.limit = limit
    self.display = display
    progress = ProgressLines(display, namesFiles: files.count > 1)
    waiting = WaitingCells(namesFiles: files.count > 1)
    watch = try FileWatch(files)
  }

  /// Goes on until the user ends it.
  mutating func run() -> Runner.ExitCode {
    for file in files { runCheap(file) }
    tellWaiting()
    while !Interruption.isRequested {
      switch nextEvent() {
      case .saved(let names):
        choice.cancel()
        drawChoice("")
        for file in names { runCheap(file) }
        tellWaiting()
      case .key(let key): if press(key) { return .ok }
      case .interrupted: break
      }
    }
    // Ctrl-C is how watching usually ends.
    return .interrupted
  }

  /// Does what a key says; whether it ends the watching.
  private mutating func press(_ key: Character) -> Bool {
    let outcome = choice.press(key, among: waiting)
    drawChoice(outcome == .open ? choice.typed : "")
    switch outcome {
    case .open: return false
    case .end: return true
    case .all: for file in Set(waiting.entries.map(\.file)).sorted() { runAll(file) }
    case .cell(let cell): runAll(cell.file, only: cell.id)
    case .unknown(let name, let near):
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      tell(["no cell that waits is called '\(name)'\(hint)"])
      return false
    case .ambiguous(let name, let names):
      tell(["'\(name)' may be \(names.joined(separator: ", ")); type more of it"])
      drawChoice(choice.typed)
      return false
    }
    tellWaiting()
    return false
  }

  /// Something to react to.
  private enum Event {
    case saved([String])
    case key(Character)
    case interrupted
  }

  private mutating func nextEvent() -> Event {
    while !Interruption.isRequested {
      var sources = [pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0)]
      if let descriptor = keyboard.descriptor {
        sources.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
      guard poll(&sources, nfds_t(sources.count), 200) > 0 else { continue }
      if sources[0].revents != 0 {
        let saved = watch.savedFiles()
        if !saved.isEmpty { return .saved(saved) }
      }
      if sources.count > 1, sources[1].revents != 0, let key = keyboard.key() { return .key(key) }
    }
    return .interrupted
  }

  // MARK: - Runs

  /// Runs all but the dear cells.
  private mutating func runCheap(_ file: String) {
    do throws(RunFault) {
      let dear = try DearCells(file, options: options, limit: limit).cells
      var options = options
      options.skip = Set(dear.map(\.id))
      run(file, options)
      wait(file, dear)
    } catch {
      wait(file, [])
      progress.show(error.diagnostics)
      watch.remember(file)
    }
  }

  private mutating func runAll(_ file: String, only: String? = nil) {
    var options = options
    options.only = only.map { [$0] } ?? []
    run(file, options)
    // What is left: after a run of one cell, a failure or a stop.
    let dear = try? DearCells(file, options: self.options, limit: limit).cells
    wait(file, dear ?? [])
  }

  private mutating func wait(_ file: String, _ cells: [DearCells.Cell]) {
    waiting.update(file, cells.map { ($0.id, $0.seconds) })
  }

  private mutating func run(_ file: String, _ options: RunOptions) {
    watch.remember(file)
    do throws(RunFault) {
      let run = try NotebookRun(
        file, options: options, tell: { [progress] in progress.show($0, file: file) },
        shouldStop: { [watch] in Interruption.isRequested || watch.hasChanged(file) })
      progress.finish(try run.run(), of: .file(file))
    } catch {
      // What was saved meanwhile is the next event.
      if case .changedMeanwhile = error { return }
      progress.show(error.diagnostics)
    }
  }

  // MARK: - What the user sees

  private func tellWaiting() {
    guard !display.quiet else { return }
    tell(waiting.lines(hasKeys: keyboard.descriptor != nil))
  }

  private func tell(_ lines: [String]) {
    writeToStandardError(
      "nbrun: \(lines.map { sanitizedForTerminal($0) }.joined(separator: "\n"))\n")
  }

  /// Shows what was typed so far, on a line that is taken away again.
  private func drawChoice(_ typed: String) {
    guard keyboard.descriptor != nil, Terminal.isInteractive(STDERR_FILENO) else { return }
    writeToStandardError("\r\u{1B}[K\(typed.isEmpty ? "" : "cell: \(typed)")")
  }
}
