/// The families of models whose folders are read and written.
public enum ModelFamily: String, Hashable, Sendable, CaseIterable {
  case gpt2
  case bert
  case llama
}
