import FoundationEssentials
public import ResultStore

/// What a project's store knows of how long operations take on machines.
public struct CacheCosts: Sendable {
  /// The measured costs, by machine and operation.
  public let costs: [StoredCost]
  private let stored: StoredResults

  /// Reads them; nil as the place takes the working directory's project.
  ///
  /// - Throws: `RunFault.store` for a store that is there and can't be read.
  public init(of place: String? = nil, storePath: String?) throws(RunFault) {
    let project = ProjectPath(place.map { $0 + "/notebook.md" }).project
    stored = try StoredResults(of: project, path: storePath)
    costs = try stored.ask { store throws(StoreFault) in try store.operationCosts() } ?? []
  }

  /// Forgets all of them; how many there were.
  ///
  /// - Throws: `RunFault.store`.
  public func forget() throws(RunFault) -> Int {
    try stored.ask { store throws(StoreFault) in try store.forgetOperationCosts() } ?? 0
  }

  /// The costs for programs, in seconds.
  public var json: JSONValue {
    .array(
      costs.map { cost in
        .object([
          ("processor", .string(cost.setup.processor)), ("kernels", .string(cost.setup.kernels)),
          ("threads", .int(cost.setup.threads)), ("operation", .string(cost.operation)),
          ("seconds", .double(cost.seconds)),
          ("measured", .string(cost.measured.formatted(.iso8601))),
        ])
      })
  }
}
