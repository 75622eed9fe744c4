// swift-tools-version: 6.1
import PackageDescription

// Programs that use the package above as any program would. They are no part of it: `swift build` there skips them.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .visionOS(.v2)],
  dependencies: [
    .package(name: "JointVAE", path: ".."),
    // Serves HTTP in a few files of Swift concurrency; no other package comes with it.
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // A command line tool: draws images of a category.
    .executableTarget(
      name: "Draw",
      dependencies: [
        .product(name: "JointVAE", package: "JointVAE"),
        .product(name: "JointVAEImages", package: "JointVAE"),
        .product(name: "JointVAEModels", package: "JointVAE"),
        .product(name: "JointVAEPictures", package: "JointVAE"),
      ]),
    // A server: digits as PNG over HTTP.
    .executableTarget(
      name: "DigitServer",
      dependencies: [
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "JointVAE", package: "JointVAE"),
        .product(name: "JointVAEImages", package: "JointVAE"),
        .product(name: "JointVAEModels", package: "JointVAE"),
        .product(name: "JointVAEPictures", package: "JointVAE"),
      ]),
    // A SwiftUI view; empty where there is no SwiftUI.
    .target(
      name: "DrawView",
      dependencies: [
        .product(name: "JointVAE", package: "JointVAE"),
        .product(name: "JointVAEModels", package: "JointVAE"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
