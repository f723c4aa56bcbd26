/// The header of an NPY file: a Python dictionary such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
///
/// The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
struct NPYHeader {
  var type = ""
  var isFortranOrder = false
  var shape: [Int] = []
  private let text: [UInt8]
  private let start: Int
  private var next = 0

  /// Reads a header.
  ///
  /// - Parameter start: its offset in the file, for messages.
  init(_ text: [UInt8], start: Int) throws(NPYFault) {
    self.text = text
    self.start = start
    var missing: Set = ["descr", "fortran_order", "shape"]
    try expect("{", "'{'")
    while !take("}") {
      let key = try string()
      guard missing.remove(key) != nil else { throw fault("one of descr, fortran_order, shape") }
      try expect(":", "':'")
      switch key {
      case "descr": type = try string()
      case "fortran_order": isFortranOrder = try flag()
      default: shape = try tuple()
      }
      if !take(",") {
        try expect("}", "',' or '}'")
        break
      }
    }
    guard missing.isEmpty else { throw fault("'\(missing.sorted()[0])'") }
    skipSpace()
    guard next == text.count else { throw fault("its end") }
  }

  private func fault(_ expected: String) -> NPYFault {
    .header(offset: start + next, expected: expected)
  }

  private mutating func skipSpace() {
    while next < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
  }

  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    guard text[next...].starts(with: word.utf8) else { return false }
    next += word.utf8.count
    return true
  }

  private mutating func expect(_ word: String, _ name: String) throws(NPYFault) {
    guard take(word) else { throw fault(name) }
  }

  private mutating func string() throws(NPYFault) -> String {
    skipSpace()
    guard next < text.count, text[next] == 0x27 || text[next] == 0x22,
      let end = text[(next + 1)...].firstIndex(of: text[next])
    else { throw fault("a text in quotes") }
    let content = text[next + 1..<end]
    next = end + 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func flag() throws(NPYFault) -> Bool {
    if take("True") { return true }
    guard take("False") else { throw fault("True or False") }
    return false
  }

  private mutating func tuple() throws(NPYFault) -> [Int] {
    var sizes: [Int] = []
    try expect("(", "'('")
    while !take(")") {
      sizes.append(try size())
      if !take(",") {
        try expect(")", "',' or ')'")
        break
      }
    }
    return sizes
  }

  private mutating func size() throws(NPYFault) -> Int {
    skipSpace()
    let digits = text[next...].prefix { (0x30...0x39).contains($0) }
    guard let size = Int(String(decoding: digits, as: UTF8.self)) else {
      throw fault("a size that can be counted")
    }
    next = digits.endIndex
    // Python 2 wrote its long numbers with an L.
    _ = take("L")
    return size
  }
}
