// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Rooms that compute are optimised in debug builds too: the tests train models.
///
/// Kernels call small functions of other files, which only a whole module can inline; threads make it
/// write an object a file, as a debug build expects.
let compute: [SwiftSetting] =
  strict + [.unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))]

/// One instruction set for all the Swift code of a target; chosen at run time by `Kernels`.
func kernels(_ architecture: String, vectorWidth: Int) -> [SwiftSetting] {
  // Without errno, roots are an instruction and not a call of libm for each lane.
  let flags = [
    "-Xcc", "-march=\(architecture)", "-Xcc", "-mprefer-vector-width=\(vectorWidth)",
    "-Xcc", "-fno-math-errno",
  ]
  // Twice as many registers, twice as wide: matrix products take larger tiles.
  let wide: [SwiftSetting] = vectorWidth == 512 ? [.define("WIDE_VECTORS")] : []
  return compute + [.unsafeFlags(flags)] + wide
}

let package = Package(
  name: "nbrun",
  products: [.executable(name: "nbrun", targets: ["nbrun"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries.
    .systemLibrary(name: "CCMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .systemLibrary(name: "CFiles"),
    .systemLibrary(name: "CPrefetch"),

    // Values without dependencies.
    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "Digests", dependencies: ["CCrypto"], swiftSettings: compute),
    .target(name: "Records", swiftSettings: strict),

    // Text.
    .target(
      name: "NotebookSyntax", dependencies: ["CCMark", "Diagnostics", "Digests"],
      swiftSettings: strict),

    // Data files.
    .target(name: "DataFiles", dependencies: ["Diagnostics"], swiftSettings: compute),

    // The engine.
    .target(name: "KernelTable", swiftSettings: compute),
    .target(
      name: "KernelsAVX2",
      dependencies: ["CPrefetch", "KernelTable"],
      swiftSettings: kernels("x86-64-v3", vectorWidth: 256)),
    .target(
      name: "KernelsAVX512",
      dependencies: ["CPrefetch", "KernelTable"],
      swiftSettings: kernels("x86-64-v4", vectorWidth: 512)),
    .target(
      name: "Kernels",
      dependencies: ["KernelTable", "KernelsAVX2", "KernelsAVX512"],
      swiftSettings: compute),
    .target(name: "ModelGraph", dependencies: ["KernelTable"], swiftSettings: compute),
    .target(name: "Checkpointing", dependencies: ["ModelGraph"], swiftSettings: compute),
    .target(
      name: "Training",
      dependencies: [
        "Checkpointing", "DataFiles", "Digests", "KernelTable", "Kernels", "ModelGraph", "Records",
      ],
      swiftSettings: compute),

    .target(
      name: "Pretrained", dependencies: ["DataFiles", "Diagnostics", "ModelGraph"],
      swiftSettings: compute),

    // Notebooks.
    .target(
      name: "Experiment",
      dependencies: [
        "Checkpointing", "DataFiles", "Diagnostics", "Digests", "KernelTable", "ModelGraph",
        "NotebookSyntax", "Pretrained", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "ResultStore",
      dependencies: [
        "Diagnostics", "Records", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "Reporting", dependencies: ["Diagnostics", "Digests", "Records"], swiftSettings: strict),
    .target(
      name: "Publishing",
      dependencies: ["CCMark", "Diagnostics", "Digests", "NotebookSyntax", "Records", "Reporting"],
      swiftSettings: strict),
    .target(
      name: "Runner",
      dependencies: [
        "CFiles", "Checkpointing", "DataFiles", "Diagnostics", "Digests", "Experiment", "Kernels",
        "ModelGraph", "NotebookSyntax", "Pretrained", "Publishing", "Records", "Reporting",
        "ResultStore", "Training",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "nbrun",
      dependencies: [
        "DataFiles", "Diagnostics", "Experiment", "Records", "Reporting", "ResultStore", "Runner",
        "Training", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The comparison with PyTorch.
    .executableTarget(
      name: "nbrun-bench",
      dependencies: [
        "Checkpointing", "KernelTable", "Kernels", "ModelGraph", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["pytorch"], swiftSettings: strict),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "EngineTestSupport",
      dependencies: ["Checkpointing", "KernelTable", "ModelGraph", "TestSupport"],
      path: "Tests/EngineTestSupport", swiftSettings: compute),
    .testTarget(
      name: "ModelGraphTests",
      dependencies: ["EngineTestSupport", "KernelTable", "ModelGraph", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CheckpointingTests",
      dependencies: ["Checkpointing", "EngineTestSupport", "ModelGraph", "TestSupport"],
      swiftSettings: compute),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Checkpointing", "DataFiles", "EngineTestSupport", "KernelTable", "Kernels", "ModelGraph",
        "Pretrained", "Records", "TestSupport", "Training",
      ],
      swiftSettings: compute),
    .testTarget(
      name: "DataFilesTests", dependencies: ["DataFiles", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: compute),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
    .testTarget(
      name: "ExperimentTests",
      dependencies: [
        "Checkpointing", "DataFiles", "Diagnostics", "Digests", "EngineTestSupport", "Experiment",
        "KernelTable", "ModelGraph", "NotebookSyntax", "Pretrained", "TestSupport",
      ],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["KernelTable", "Kernels", "TestSupport"],
      swiftSettings: compute),
    .testTarget(
      name: "NotebookSyntaxTests", dependencies: ["Diagnostics", "NotebookSyntax", "TestSupport"],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "PublishingTests",
      dependencies: [
        "Diagnostics", "NotebookSyntax", "Publishing", "Records", "Reporting", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(name: "RecordsTests", dependencies: ["Records"], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests", dependencies: ["Diagnostics", "Records", "Reporting", "TestSupport"],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "ResultStoreTests",
      dependencies: [
        "Records", "ResultStore", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RunnerTests",
      dependencies: [
        "DataFiles", "Diagnostics", "Digests", "Experiment", "Records", "Reporting", "ResultStore",
        "Runner",
        "TestSupport", "Training",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["Runner", "TestSupport", "nbrun"],
      exclude: ["Cases"], swiftSettings: strict),
    .testTarget(
      name: "nbrun-benchTests",
      dependencies: [
        "Checkpointing", "nbrun-bench",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
  ]
)
