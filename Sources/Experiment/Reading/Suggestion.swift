import Diagnostics

/// The remedy for an unknown word: the nearest known one, or else all of them where they are few.
func suggestion(_ word: String, _ known: [String], called plural: String) -> [String] {
  if let near = nearestWord(to: word, in: known) { return ["did you mean '\(near)'?"] }
  guard !known.isEmpty else { return [] }
  let shown = known.prefix(24).joined(separator: ", ")
  return ["\(plural): \(shown)\(known.count > 24 ? ", …" : "")"]
}
