// swift-tools-version: 6.1
import PackageDescription

// One folder a target; arrows only downwards. docs/architecture.md says what lives where.
let package = Package(
  name: "JointVAE",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .visionOS(.v2)],
  products: [
    .library(name: "JointVAE", targets: ["JointVAE"]),
    .library(name: "JointVAECheckpoints", targets: ["JointVAECheckpoints"]),
    .library(name: "JointVAECluster", targets: ["JointVAECluster"]),
    .library(name: "JointVAEData", targets: ["JointVAEData"]),
    .library(name: "JointVAEDownload", targets: ["JointVAEDownload"]),
    .library(name: "JointVAEImages", targets: ["JointVAEImages"]),
    .library(name: "JointVAEModels", targets: ["JointVAEModels"]),
    .library(name: "JointVAEONNX", targets: ["JointVAEONNX"]),
    .library(name: "JointVAEMetrics", targets: ["JointVAEMetrics"]),
    .library(name: "JointVAEPictures", targets: ["JointVAEPictures"]),
    .library(name: "JointVAEReport", targets: ["JointVAEReport"]),
    .library(name: "JointVAEExplorer", targets: ["JointVAEExplorer"]),
    .library(name: "JointVAERuns", targets: ["JointVAERuns"]),
    .library(name: "JointVAETensorBoard", targets: ["JointVAETensorBoard"]),
    .library(name: "JointVAEExperiments", targets: ["JointVAEExperiments"]),
    .executable(name: "jointvae", targets: ["JointVAEProgram"]),
  ],
  dependencies: [
    // Parses the command line, writes its help and its completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Parses experiment files: YAML, with the line and column of every value.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Its name differs from the library's in more than the case of letters: some file systems ignore case.
    .executableTarget(
      name: "JointVAEProgram",
      dependencies: [
        "JointVAE", "JointVAECluster", "JointVAEData", "JointVAEDownload", "JointVAEExperiments",
        "JointVAEExplorer", "JointVAEFiles", "JointVAEImages", "JointVAELive", "JointVAEMetrics",
        "JointVAEModels",
        "JointVAEPictures", "JointVAEReport", "JointVAERuns", "JointVAETensorBoard", "CLibrary",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // The first picture of `make demo`, which comes before the rest is built. It imports as little as it can.
    .executableTarget(
      name: "FirstLook", dependencies: ["JointVAE", "JointVAEImages", "JointVAEModels"]),
    .target(
      name: "JointVAEExperiments",
      dependencies: [
        "JointVAE", "JointVAECluster", "JointVAEData", "JointVAEFiles", "JointVAEMetrics",
        "JointVAEReport",
        "JointVAERuns",
        .product(name: "Yams", package: "Yams"),
      ]),
    // The page of a training that goes on. Its server is code of our own, for which LiveServer.swift has the reasons.
    .target(
      name: "JointVAELive",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEExplorer", "JointVAEFiles", "JointVAEImages",
        "JointVAEPictures", "JointVAEReport", "JointVAERuns", "CLibrary",
      ],
      resources: [
        .embedInCode("Assets/live.css"), .embedInCode("Assets/live.html"),
        .embedInCode("Assets/live.js"),
      ]),
    .target(
      name: "JointVAEExplorer",
      dependencies: [
        "JointVAE", "JointVAECheckpoints", "JointVAEData", "JointVAEFiles", "JointVAEImages",
        "JointVAEKernels", "JointVAEMetrics", "JointVAEReport", "JointVAERuns", "CExplorer",
      ],
      resources: [
        .embedInCode("Assets/explorer.css"), .embedInCode("Assets/body.html"),
        .embedInCode("Assets/engine.js"), .embedInCode("Assets/base.js"),
        .embedInCode("Assets/drawing.js"), .embedInCode("Assets/code.js"),
        .embedInCode("Assets/gallery.js"), .embedInCode("Assets/map.js"),
        .embedInCode("Assets/tour.js"), .embedInCode("Assets/main.js"),
      ]),
    .target(
      name: "JointVAEReport",
      dependencies: [
        "JointVAE", "JointVAEImages", "JointVAEMetrics", "JointVAEPictures", "JointVAERuns",
        "JointVAEFiles",
      ],
      // A page's style sheets and script become constants of the program, which stays one file. They are a few
      // kilobytes, and the build notices when they change. The models are too large for this: see CModels.
      resources: [
        .embedInCode("Assets/chart.css"), .embedInCode("Assets/chart.js"),
        .embedInCode("Assets/page.css"), .embedInCode("Assets/report.css"),
        .embedInCode("Assets/report.js"),
      ]),
    .target(
      name: "JointVAETensorBoard",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEFiles", "JointVAEImages", "JointVAEMetrics",
        "JointVAEPictures", "JointVAERuns", "CLibrary",
      ]),
    .target(
      name: "JointVAERuns",
      dependencies: [
        "JointVAE", "JointVAECluster", "JointVAEData", "JointVAEImages", "JointVAEKernels",
        "JointVAEMetrics", "JointVAEModels", "JointVAEONNX", "JointVAEPictures", "JointVAEFiles",
      ]),
    .target(
      name: "JointVAEPictures",
      dependencies: ["JointVAE", "JointVAEData", "JointVAEImages", "JointVAEMetrics"]),
    .target(name: "JointVAEModels", dependencies: ["JointVAE", "CModels"]),
    .target(
      name: "JointVAEONNX", dependencies: ["JointVAE", "JointVAECheckpoints", "JointVAEFiles"]),
    .target(
      name: "JointVAEMetrics",
      dependencies: ["JointVAE", "JointVAEKernels", "JointVAEFiles", "CLibrary"]),
    .target(
      name: "JointVAEData",
      dependencies: [
        "JointVAE", "JointVAEImages", "JointVAEFiles", "JointVAEKernels", "CLibrary", "CZlib",
        "CZip",
      ]),
    .target(
      name: "JointVAE",
      dependencies: ["JointVAECheckpoints", "JointVAEKernels", "JointVAEFiles", "CLibrary"]),
    .target(name: "JointVAECheckpoints", dependencies: ["JointVAEFiles"]),
    .target(
      name: "JointVAEImages",
      dependencies: ["JointVAEFiles", "CPNG", "CGIF", "CTurboJPEG", "CWebP"]),
    .target(name: "JointVAEKernels", dependencies: ["CTiles", "CLibrary"]),
    .target(name: "JointVAEDownload", dependencies: ["JointVAEFiles", "CCurl", "CLibrary"]),
    // Ranks on many machines, and the jobs that they share.
    .target(name: "JointVAECluster", dependencies: ["JointVAEFiles", "CMPI", "CLibrary"]),
    .target(name: "JointVAEFiles", dependencies: ["CLibrary"]),
    // The C library, by one name on every platform.
    .target(name: "CLibrary"),
    .target(name: "CTiles"),
    // The engine of the explorer's page, embedded by the C compiler; scripts/explorer/build.sh makes it.
    .target(name: "CExplorer", exclude: ["engine.wasm", "engine-scalar.wasm"]),
    // Loads libcurl when the program downloads something.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    // Loads a library of MPI when a launcher such as mpirun has started the program.
    .target(name: "CMPI", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    // The trained models, embedded by the C compiler.
    .target(
      name: "CModels",
      exclude: [
        "az-letters.safetensors", "arabic-characters.safetensors", "classifier.safetensors",
        "fashion-mnist.safetensors", "four-shapes.safetensors", "math-symbols.safetensors",
        "mnist.safetensors", "shapes.safetensors",
      ]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(name: "CGIF", providers: [.apt(["libgif-dev"]), .brew(["giflib"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    // Reads the directories of zip archives and unpacks their members.
    .systemLibrary(
      name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    // Decodes JPEG images.
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    // Decodes WebP images. BMP and netpbm are read by parsers of our own, a page each, and TIFF is not read: libtiff
    // alone is larger than all decoders here, and brings five more libraries with it.
    .systemLibrary(
      name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"]), .brew(["webp"])]),

    // What tests of several targets share: temporary folders, data outside the package, Python.
    .target(
      name: "TestSupport",
      dependencies: ["JointVAE", "JointVAECluster", "JointVAEData", "JointVAERuns", "CLibrary"],
      path: "Tests/TestSupport"),
    .testTarget(name: "JointVAEFilesTests", dependencies: ["JointVAEFiles", "TestSupport"]),
    .testTarget(
      name: "JointVAEDownloadTests",
      dependencies: ["JointVAEDownload", "JointVAEFiles", "TestSupport"]),
    .testTarget(
      name: "JointVAEClusterTests",
      dependencies: ["JointVAECluster", "JointVAEFiles", "CLibrary", "TestSupport"]),
    .testTarget(name: "JointVAEKernelsTests", dependencies: ["JointVAEKernels"]),
    .testTarget(
      name: "JointVAETests",
      dependencies: [
        "JointVAE", "JointVAECluster", "JointVAEKernels", "JointVAERuns", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAECheckpointsTests",
      dependencies: ["JointVAECheckpoints", "JointVAEFiles", "TestSupport"]),
    .testTarget(
      name: "JointVAEImagesTests",
      dependencies: ["JointVAEImages", "JointVAEFiles", "TestSupport"]),
    .testTarget(
      name: "JointVAEDataTests",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEImages", "JointVAEFiles", "JointVAEKernels", "CZlib",
        "CZip", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAEONNXTests",
      dependencies: [
        "JointVAEONNX", "JointVAE", "JointVAEFiles", "JointVAEKernels", "JointVAEModels",
        "TestSupport",
      ]),
    .testTarget(
      name: "JointVAEPicturesTests",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEImages", "JointVAEMetrics", "JointVAEPictures",
      ]),
    .testTarget(
      name: "JointVAEReportTests",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEFiles", "JointVAEImages", "JointVAEReport",
        "JointVAERuns", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAEExplorerTests",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEExplorer", "JointVAEFiles", "JointVAEModels",
        "JointVAERuns", "TestSupport",
      ],
      exclude: ["page"]),
    .testTarget(
      name: "JointVAELiveTests",
      dependencies: [
        "JointVAELive", "JointVAE", "JointVAEData", "JointVAERuns", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAERunsTests",
      dependencies: [
        "JointVAERuns", "JointVAEData", "JointVAEImages", "JointVAEFiles", "JointVAEKernels",
        "JointVAEMetrics", "JointVAEModels", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAETensorBoardTests",
      dependencies: [
        "JointVAETensorBoard", "JointVAE", "JointVAEData", "JointVAEFiles", "JointVAEImages",
        "JointVAERuns", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAEExperimentsTests",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEExperiments", "JointVAEFiles", "JointVAEMetrics",
        "JointVAERuns",
        "TestSupport",
      ]),
    .testTarget(
      name: "JointVAEMetricsTests",
      dependencies: [
        "JointVAEMetrics", "JointVAE", "JointVAEData", "JointVAEKernels", "TestSupport",
      ]),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "JointVAE", "JointVAEData", "JointVAEFiles", "JointVAEImages", "JointVAEMetrics",
        "JointVAEModels", "JointVAEPictures", "TestSupport",
      ]),
    .testTarget(
      name: "JointVAEProgramTests",
      dependencies: [
        "JointVAEProgram", "JointVAE", "JointVAEData", "JointVAEFiles", "JointVAEImages",
        "JointVAEMetrics", "JointVAERuns", "TestSupport",
      ]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "FirstLook", "JointVAEProgram", "JointVAE", "JointVAEDownload", "JointVAEFiles",
        "JointVAEImages",
        "CZip", "TestSupport",
      ],
      exclude: ["Expected"]),
  ],
  swiftLanguageModes: [.v6]
)
