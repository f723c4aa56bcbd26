import Experiment
import Kernels
import NotebookSyntax
import ResultStore

/// What of this machine matters to runs, and what is wrong with it.
public struct MachineReport: Sendable {
  /// The facts by section, in the order in which they are shown.
  public private(set) var sections: [Section] = []
  /// What is wrong.
  public private(set) var problems: [Problem] = []

  /// Facts that belong together.
  public struct Section: Sendable {
    /// The title.
    public let title: String
    /// The facts by name.
    public let facts: [(name: String, value: String)]
  }

  /// Something that is wrong, or could be better.
  public struct Problem: Sendable {
    /// What it is.
    public let message: String
    /// What to do about it.
    public let remedy: String
    /// The exit code that it leads to; ok for what slows runs down and no more.
    public let code: ExitCode
  }

  /// Looks at the machine, the libraries and the store of the working directory's project.
  public init(storePath: String?) {
    addProcessor(Processor())
    addKernels()
    addLibraries()
    addMemory()
    addStore(storePath)
  }

  /// That of the worst problem.
  public var exitCode: ExitCode {
    problems.first { $0.code == .failed }?.code ?? problems.first { $0.code != .ok }?.code ?? .ok
  }

  private mutating func add(_ title: String, _ facts: [(String, String?)]) {
    let known = facts.compactMap { name, value in value.map { (name: name, value: $0) } }
    sections.append(Section(title: title, facts: known))
  }

  private mutating func addProcessor(_ processor: Processor) {
    add(
      "processor",
      [
        ("model", processor.model),
        ("cores", "\(processor.cores) online, \(availableCores()) usable"),
        ("threads", "\(NumericSetup.defaultThreads) unless a notebook says otherwise"),
        (
          "instruction sets",
          InstructionSet.supported().map(\.rawValue).joined(separator: ", ")
        ),
      ])
  }

  private mutating func addKernels() {
    do throws(KernelsUnavailable) {
      let kernels = try Kernels(threads: 1)
      add("kernels", [("kernels", kernels.instructionSet.rawValue)])
    } catch {
      problems.append(
        Problem(
          message: error.description, remedy: "run on a processor with AVX2 and FMA", code: .failed)
      )
    }
  }

  private mutating func addLibraries() {
    add(
      "libraries",
      [
        ("nbrun", Engine.release), ("engine", Engine.version), ("cmark", Notebook.parserVersion),
        ("SQLite", Store.libraryVersion),
      ])
  }

  private mutating func addMemory() {
    let memory = MemoryLimits()
    add(
      "memory",
      [
        ("memory", memory.total.map(Self.size)), ("available", memory.available.map(Self.size)),
        ("address space", memory.addressSpace.map(Self.size) ?? "unlimited"),
        ("control group", memory.group.map(Self.size) ?? "unlimited"),
      ])
    guard let total = memory.total,
      let least = [memory.addressSpace, memory.group]
        .compactMap(\.self).min(), least < total / 4
    else { return }
    problems.append(
      Problem(
        message: "runs may use \(Self.size(least)) of \(Self.size(total))",
        remedy: "set memory_limit in notebooks, so that a plan that is too large is refused first",
        code: .ok))
  }

  private mutating func addStore(_ path: String?) {
    let project = ProjectPath(nil).project
    let path = path ?? project.storePath
    do throws(StoreFault) {
      let health = try Store(path: path, creating: false).health()
      add(
        "store",
        [
          ("project", project.root), ("store", path), ("schema", "\(health.schema)"),
          ("runs", "\(health.runs)"), ("records", "\(health.records)"),
          ("measured costs", Self.costs(health)),
        ])
      for complaint in health.complaints {
        problems.append(
          Problem(
            message: "the store is damaged: \(complaint)",
            remedy: "delete it to start a new one: results are computed again", code: .unavailable))
      }
    } catch {
      addMissing(error, path: path, project: project)
    }
  }

  /// What plans with measured costs know of this machine.
  private static func costs(_ health: StoreHealth) -> String {
    let name = Processor().name
    let own = health.costs.filter { $0.key.processor == name }.sorted {
      ($0.key.kernels, $0.key.threads) < ($1.key.kernels, $1.key.threads)
    }
    guard !own.isEmpty else { return "none of this machine: 'cost: measured' measures them" }
    return own.map { setup, count in
      "\(count) operations (\(setup.kernels), \(setup.threads) threads)"
    }.joined(separator: ", ")
  }

  private mutating func addMissing(_ fault: StoreFault, path: String, project: Project) {
    var state = "none yet"
    if case .absent = fault {
    } else {
      state = "can't be used"
      problems.append(
        Problem(
          message: fault.message, remedy: fault.notes.joined(separator: "; "), code: .unavailable))
    }
    add("store", [("project", project.root), ("store", "\(path) (\(state))")])
  }

  private static func size(_ bytes: Int) -> String {
    let tenths = bytes / ((1 << 30) / 10)
    return "\(tenths / 10).\(tenths % 10) GiB"
  }
}

extension MachineReport {
  /// The report for programs.
  public var json: JSONValue {
    .object(
      [("ok", .bool(exitCode == .ok))]
        + sections.map { ($0.title, .texts($0.facts)) } + [
          (
            "problems",
            .array(
              problems.map {
                .object([("message", .string($0.message)), ("remedy", .string($0.remedy))])
              })
          )
        ])
  }
}
