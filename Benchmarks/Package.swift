// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who uses the library does not build its benchmarks.
let package = Package(
  name: "PipelineBenchmarks",
  dependencies: [.package(name: "psdpipe", path: "..")],
  targets: [
    .systemLibrary(name: "FFTWPeer", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(
      name: "OpenBLASPeer", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .executableTarget(
      name: "PipelineBenchmarks",
      dependencies: [
        "FFTWPeer", "OpenBLASPeer", .product(name: "SignalPipeline", package: "psdpipe"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)]),
  ]
)
