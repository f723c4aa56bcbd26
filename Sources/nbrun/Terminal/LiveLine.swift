import Glibc
import Reporting
import Training

/// One line of a terminal that is drawn again and again, ten times a second at most.
struct LiveLine {
  private var place = ""
  private var isDrawn = false
  private var lastDrawn: ContinuousClock.Instant?
  /// Seconds and number of the steps that this process made in the cell.
  private var seconds = 0.0
  private var steps = 0

  private static let pause = Duration.milliseconds(100)

  /// A cell begins.
  mutating func begin(_ place: String) {
    self.place = place
    (seconds, steps) = (0, 0)
    draw(place)
  }

  /// A training step ended.
  mutating func draw(step report: StepReport) {
    seconds += report.seconds
    steps += 1
    if let lastDrawn, ContinuousClock.now - lastDrawn < Self.pause, report.step < report.steps {
      return
    }
    let mean = seconds / Double(steps)
    let left = Double(report.steps - report.step) * mean
    draw(
      "\(place)  step \(report.step)/\(report.steps)  loss \(Self.loss(report.loss))"
        + "  peak \(shortSize(report.peak))  \(Self.pace(mean))  eta \(Self.clock(left))")
  }

  /// Several cells run, each as far as that.
  mutating func draw(together cells: [String]) {
    if let lastDrawn, ContinuousClock.now - lastDrawn < Self.pause { return }
    draw("\(cells.count) at once: \(cells.joined(separator: " · "))")
  }

  /// A part of a large file was read.
  mutating func draw(reading file: String, done: Int, of total: Int) {
    if let lastDrawn, ContinuousClock.now - lastDrawn < Self.pause { return }
    let percent = total > 0 ? Int(100 * Double(done) / Double(total)) : 100
    draw("\(place)  reading \(file)  \(shortSize(done)) of \(shortSize(total))  \(percent) %")
  }

  /// Takes the line away, so that other lines can be printed.
  mutating func clear() {
    if isDrawn { writeToStandardError("\r\u{1B}[K") }
    isDrawn = false
  }

  private mutating func draw(_ text: String) {
    // One column stays free: a full line would wrap on some terminals.
    let shown = text.prefix(max(1, Terminal.width(of: STDERR_FILENO) - 1))
    writeToStandardError("\r\(shown)\u{1B}[K")
    isDrawn = true
    lastDrawn = .now
  }

  static func loss(_ loss: Float) -> String { Format.fixed(Double(loss), decimals: 3) }

  private static func pace(_ seconds: Double) -> String {
    if seconds >= 0.95 { return "\(Format.fixed(seconds, decimals: 1)) s/step" }
    return "\(Format.fixed(seconds * 1000, decimals: seconds < 0.00995 ? 2 : 0)) ms/step"
  }

  /// Minutes and seconds, with hours where there are some: `1:54`, `2:03:10`.
  static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "–" }
    let whole = Int(seconds.rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
