import Glibc
import ResultStore

extension RunMachine {
  /// This machine.
  init() {
    var name = utsname()
    uname(&name)
    self.init(
      processor: Processor().model, cores: availableCores(),
      system: "\(Self.text(name.sysname)) \(Self.text(name.release))", release: Engine.release,
      sqlite: Store.libraryVersion)
  }

  /// The text in one of the fields of `utsname`, which C declares as arrays of characters.
  private static func text<Characters>(_ field: Characters) -> String {
    // Safe: an array of characters has no padding, and no byte behind the field is read.
    withUnsafeBytes(of: field) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
