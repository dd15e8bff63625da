// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who uses the library does not build its benchmarks.
let package = Package(
  name: "PipelineBenchmarks",
  dependencies: [
    .package(name: "psdpipe", path: ".."),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    .systemLibrary(name: "FFTWPeer", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(
      name: "OpenBLASPeer", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(name: "ReadingPeer"),
    .executableTarget(
      name: "PipelineBenchmarks",
      dependencies: [
        "FFTWPeer", "OpenBLASPeer", "ReadingPeer",
        .product(name: "SignalPipeline", package: "psdpipe"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)]),
  ]
)
