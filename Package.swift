// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Rooms that compute are optimised in debug builds too: the tests train models.
let compute: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// One instruction set for all the Swift code of a target; chosen at run time by `Kernels`.
func kernels(_ architecture: String, vectorWidth: Int) -> [SwiftSetting] {
  compute + [
    .unsafeFlags([
      "-Xcc", "-march=\(architecture)", "-Xcc", "-mprefer-vector-width=\(vectorWidth)",
    ])
  ]
}

let package = Package(
  name: "nbrun",
  products: [.executable(name: "nbrun", targets: ["nbrun"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries.
    .systemLibrary(name: "CCMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // Values without dependencies.
    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "Digests", dependencies: ["CCrypto"], swiftSettings: compute),
    .target(name: "Records", swiftSettings: strict),

    // Text.
    .target(
      name: "NotebookSyntax", dependencies: ["CCMark", "Diagnostics", "Digests"],
      swiftSettings: strict),

    // The engine.
    .target(name: "KernelTable", swiftSettings: compute),
    .target(
      name: "KernelsAVX2",
      dependencies: ["KernelTable", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: kernels("x86-64-v3", vectorWidth: 256)),
    .target(
      name: "KernelsAVX512",
      dependencies: ["KernelTable", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: kernels("x86-64-v4", vectorWidth: 512)),
    .target(
      name: "Kernels",
      dependencies: ["COpenBLAS", "KernelTable", "KernelsAVX2", "KernelsAVX512"],
      swiftSettings: compute),
    .target(name: "ModelGraph", dependencies: ["KernelTable"], swiftSettings: compute),
    .target(name: "Checkpointing", dependencies: ["ModelGraph"], swiftSettings: compute),
    .target(
      name: "Training",
      dependencies: ["Checkpointing", "Digests", "KernelTable", "Kernels", "ModelGraph", "Records"],
      swiftSettings: compute),

    // Notebooks.
    .target(
      name: "Experiment",
      dependencies: [
        "Checkpointing", "Diagnostics", "Digests", "ModelGraph", "NotebookSyntax",
        .product(name: "Yams", package: "Yams"),
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
      name: "Runner",
      dependencies: [
        "Checkpointing", "Diagnostics", "Digests", "Experiment", "Kernels", "ModelGraph",
        "NotebookSyntax", "Records", "Reporting", "ResultStore", "Training",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "nbrun",
      dependencies: [
        "Runner",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
    .testTarget(
      name: "NotebookSyntaxTests", dependencies: ["Diagnostics", "NotebookSyntax", "TestSupport"],
      swiftSettings: strict),
  ]
)
