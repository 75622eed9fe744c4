// swift-tools-version: 6.1
import PackageDescription

// A package of its own: its sanitizer brings a `main`, which no other program may be built with.
let package = Package(
  name: "FuzzFiles",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "JointVAE", path: "../..")],
  targets: [
    .executableTarget(
      name: "FuzzFiles",
      dependencies: [
        .product(name: "JointVAECheckpoints", package: "JointVAE"),
        .product(name: "JointVAEData", package: "JointVAE"),
        .product(name: "JointVAEExperiments", package: "JointVAE"),
        .product(name: "JointVAEImages", package: "JointVAE"),
      ],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ]
)
