// swift-tools-version: 6.2
import PackageDescription

/// SwiftPM names a package after its folder; what is `package` in the library is seen under it.
let library = Context.packageDirectory.split(separator: "/").dropLast().last.map(String.init) ?? ""
let identity = String(
  library.lowercased().map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })

// A package of its own, built with libFuzzer and the address sanitizer by scripts/fuzz.sh.
let package = Package(
  name: "PipelineFuzzing",
  dependencies: [
    .package(name: "psdpipe", path: ".."),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    .target(name: "FuzzLimits"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "FuzzLimits", .product(name: "SignalPipeline", package: "psdpipe"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      packageAccess: false,
      swiftSettings: [
        .treatAllWarnings(as: .error),
        .unsafeFlags(["-parse-as-library", "-package-name", identity]),
      ]),
  ]
)
