// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// What a library's module names in its API is a decision; a command has no API.
let library = strict + [.enableUpcomingFeature("InternalImportsByDefault")]

let package = Package(
  name: "psdpipe",
  products: [
    .library(name: "SignalPipeline", targets: ["SignalPipeline"]),
    .executable(name: "psdpipe", targets: ["psdpipe"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CKernels"),
    .target(
      name: "SignalPipeline",
      dependencies: [
        "CFFTW", "CLinux", "CKernels",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: library),
    .executableTarget(
      name: "psdpipe",
      dependencies: [
        "SignalPipeline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "DetectionStudy", dependencies: ["SignalPipeline"], swiftSettings: strict),
    .testTarget(
      name: "SignalPipelineTests", dependencies: ["SignalPipeline"],
      resources: [.copy("Goldens")]),
    .testTarget(name: "psdpipeTests", dependencies: ["SignalPipeline", "psdpipe"]),
  ]
)
