/// The languages that output regions and figures are written in.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case japanese = "ja"
}
