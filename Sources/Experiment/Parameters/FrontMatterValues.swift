/// What the front matter says to nbrun.
struct FrontMatterValues {
  var title: String?
  var language: String?
  var settings = Settings()
  var parameters: [ParameterDeclaration] = []
  /// The names under `params`, of faulty declarations too.
  var declaredNames: [String] = []
}

extension BodyReader {
  /// Reads `title`, `lang` and `params`; all other keys belong to other tools.
  func frontMatter(_ root: YAMLNode?, overrides: [ParameterOverride]) -> FrontMatterValues {
    var values = FrontMatterValues()
    guard case .mapping(let entries) = root?.content else { return values }
    for entry in entries {
      switch entry.name {
      case "title": values.title = entry.value.scalar?.text
      case "lang": values.language = entry.value.scalar?.text
      case "params":
        values.parameters = parameters(entry.value, overrides: overrides)
        if case .mapping(let declared) = entry.value.content {
          values.declaredNames = declared.map(\.name)
        }
      default: continue
      }
    }
    return values
  }

  /// Reads `nbrun: {…}`, parameters inserted.
  func settings(_ root: YAMLNode?) -> Settings {
    var settings = Settings()
    guard case .mapping(let entries) = root?.content,
      let node = entries.first(where: { $0.name == "nbrun" })?.value, !node.isNull,
      let keys = mapping(
        node, "nbrun's settings",
        keys: ["seed", "threads", "numerics", "memory_limit", "cost"])
    else { return settings }
    settings.seed = keys.integer("seed", BodyLimits.seeds, default: 0) ?? 0
    settings.threads = keys["threads"].flatMap { integer($0, "threads", 1...256) }
    settings.memoryLimit = keys["memory_limit"].flatMap { bytes($0, "memory_limit") }
    settings.numerics =
      keys["numerics"]
      .flatMap { word($0, "numerics", among: Settings.Numerics.allCases.map(\.rawValue)) }
      .flatMap(Settings.Numerics.init) ?? .native
    settings.cost = keys["cost"].flatMap(costSource) ?? .model
    return settings
  }
}

/// The largest values that bodies may state; they keep products of a few of them within `Int`.
enum BodyLimits {
  static let seeds = 0...Int(UInt32.max)
  static let sizes = 1...(1 << 28)
  static let windows = 1 << 16
  static let steps = 1...1_000_000_000
  static let repeats = 1...10_000
  static let layers = 20_000
  static let layerNesting = 32
}
