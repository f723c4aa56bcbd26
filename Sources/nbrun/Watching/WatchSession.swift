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
  /// Cells that wait for a key, with their files.
  private var waiting: [(file: String, cell: DearCells.Cell)] = []

  init(
    _ files: [String], options: RunOptions, limit: Double, display: DisplayOptions
  ) throws(RunFault) {
    self.files = files
    self.options = options
    self.limit = limit
    self.display = display
    progress = ProgressLines(display, namesFiles: files.count > 1)
    watch = try FileWatch(files)
  }

  /// Goes on until the user ends it.
  mutating func run() -> Runner.ExitCode {
    for file in files { runCheap(file) }
    while !Interruption.isRequested {
      tellWaiting()
      switch nextEvent() {
      case .saved(let names): for file in names { runCheap(file) }
      case .key("q"): return .ok
      case .key("r"): for file in Set(waiting.map(\.file)).sorted() { runAll(file) }
      case .key(let key):
        guard let number = key.wholeNumberValue, number > 0, number <= waiting.count else {
          continue
        }
        let chosen = waiting[number - 1]
        runAll(chosen.file, only: chosen.cell.id)
      case .interrupted: break
      }
    }
    // Ctrl-C is how watching usually ends.
    return .interrupted
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
    waiting.removeAll { $0.file == file }
    do throws(RunFault) {
      let dear = try DearCells(file, options: options, limit: limit).cells
      var options = options
      options.skip = Set(dear.map(\.id))
      run(file, options)
      waiting += dear.map { (file: file, cell: $0) }
    } catch {
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
    waiting.removeAll { $0.file == file }
    waiting += (dear ?? []).map { (file: file, cell: $0) }
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

  private func tellWaiting() {
    guard !display.quiet else { return }
    let cells = waiting.enumerated().map { index, entry in
      let time = entry.cell.seconds.map { " (about \(LiveLine.clock($0)))" } ?? ""
      return "\(index + 1) \(sanitizedForTerminal(entry.cell.id))\(time)"
    }
    if keyboard.descriptor == nil {
      let left = cells.isEmpty ? "" : "; not run: \(cells.joined(separator: ", "))"
      writeToStandardError("nbrun: watching\(left)\n")
    } else if cells.isEmpty {
      writeToStandardError("nbrun: watching; q ends\n")
    } else {
      writeToStandardError("nbrun: stale: \(cells.joined(separator: ", ")); r runs all, q ends\n")
    }
  }
}
