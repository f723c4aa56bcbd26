import Diagnostics

/// Addresses of a site's pages as seen from one another.
public enum RelativeAddress {
  /// The way from a page to a file, both from the site's folder; percent-encoded.
  public static func from(_ page: String, to file: String) -> String {
    let start = page.split(separator: "/").dropLast()
    let end = file.split(separator: "/")
    let shared = zip(start, end.dropLast()).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: start.count - shared)
    return (up + end.dropFirst(shared).map { percentEncoded($0) }).joined(separator: "/")
  }

  /// A path with its `.` and `..` steps taken; nil where it leads above the folder it is from.
  public static func resolved(_ path: String, from page: String) -> String? {
    var steps = path.hasPrefix("/") ? [] : page.split(separator: "/").dropLast().map(String.init)
    for step in path.split(separator: "/") where step != "." {
      if step == ".." {
        guard steps.popLast() != nil else { return nil }
      } else {
        steps.append(String(step))
      }
    }
    return steps.joined(separator: "/")
  }

  /// An address without its percent-encoding; a wrong one is taken as it is.
  public static func decoded(_ address: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(address.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count > 1,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value > 0
      {
        bytes.append(value)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
