import FoundationEssentials
import Publishing

/// Where the links of a site's notebooks lead once they are pages.
struct SiteLinks {
  /// The page of each notebook, by the file's absolute path.
  private let pages: [String: String]
  /// The site's absolute path.
  private let folder: String?

  init(addresses: [(path: String, address: String)], folder: String?) {
    pages = Dictionary(addresses.map { ($0.path, $0.address) }, uniquingKeysWith: { a, _ in a })
    self.folder = folder
  }

  /// A link's address on a page: another page of the site, else the file that it led to, else what
  /// it was.
  func address(of link: String, in notebook: String, on page: String) -> String {
    guard let first = link.first, first != "#", first != "/", first != "?",
      !link.prefix(while: { $0 != "/" && $0 != "#" }).contains(":")
    else { return link }
    let path = link.prefix { $0 != "#" && $0 != "?" }
    let rest = link.dropFirst(path.count)
    let target =
      "/" + (RelativeAddress.resolved(RelativeAddress.decoded(path), from: notebook) ?? "")
    if let other = pages[target] { return RelativeAddress.from(page, to: other) + rest }
    guard let folder, FileManager.default.fileExists(atPath: target) else { return link }
    return RelativeAddress.from("\(folder)/\(page)", to: target) + rest
  }
}
