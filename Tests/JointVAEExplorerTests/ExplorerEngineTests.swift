import Foundation
import JointVAE
import JointVAEExplorer
import JointVAEModels
import JointVAERuns
import TestSupport
import Testing

/// The engine of the page computes what the package's kernels without a fused multiply-add compute.
@Suite("The engine of the explorer's page")
struct ExplorerEngineTests {
  @Test(
    "encodes and decodes to the same bits as the package",
    .enabled(if: Tool.has("node"), "needs node"))
  func sameBits() throws {
    try withTemporaryFolder { folder in
      var deep = NetworkPreset.deep.widths(for: ImageShape(size: 32))
      deep.activation = .leaky
      let models = try [
        StoredModel("mnist"),
        storedModel(ImageShape(size: 32), LatentSpec(continuous: 3), named: "no-c", in: folder),
        storedModel(
          ImageShape(height: 19, width: 45, channels: 3),
          LatentSpec(continuous: 0, discrete: [5, 3]),
          named: "odd", in: folder),
        storedModel(
          ImageShape(size: 64, channels: 3), LatentSpec(continuous: 40, discrete: [60]),
          named: "wide",
          in: folder, precision: .single),
        storedModel(
          ImageShape(size: 8), LatentSpec(continuous: 1, discrete: [1]), named: "tiny", in: folder,
          widths: NetworkWidths(
            encoderChannels: [32], decoderChannels: [], hiddenUnits: [64, 32])),
        storedModel(
          ImageShape(size: 32), LatentSpec(continuous: 4, discrete: [7]), named: "deep", in: folder,
          widths: deep),
      ]
      let page = try ExplorerPage(models, precision: .single)
      try page.write(to: "\(folder)/page.html")
      let goldens = try models.enumerated().map { index, stored in
        try ExplorerNumbers(stored.model, count: index == 0 ? 100 : 11)
      }
      try JSONEncoder().encode(goldens).write(to: URL(filePath: "\(folder)/goldens.json"))
      let script = "\(SharedFiles.packageFolder)/Tests/JointVAEExplorerTests/page/compare.mjs"
      let result = try #require(Tool("node")).run([
        script, "\(folder)/page.html", "\(folder)/goldens.json",
      ])
      #expect(result.exitCode == 0, "\(result.text)")
      // Two engines, six models.
      #expect(result.text.matches(of: /images compared/).count == 12, "\(result.text)")
    }
  }

  @Test(
    "is what scripts/explorer/build.sh makes",
    .enabled(
      if: Self.canBuild, "needs a toolchain with wasm-ld and its standard library for WebAssembly"))
  func rebuilt() throws {
    try withTemporaryFolder { folder in
      let result = try #require(Tool("bash")).run([
        "\(SharedFiles.packageFolder)/scripts/explorer/build.sh", folder,
      ])
      #expect(result.exitCode == 0, "\(result.text)")
      for (engine, name) in zip(ExplorerEngine.allCases, ["engine", "engine-scalar"]) {
        let made = try Data(contentsOf: URL(filePath: "\(folder)/\(name).wasm"))
        #expect(
          Data(engine.bytes) == made,
          "\(name).wasm is another; run scripts/explorer/build.sh after a change of the kernels")
      }
    }
  }

  /// Whether this is the toolchain that the files were made with: another one's code may differ.
  private static var canBuild: Bool {
    guard let swift = Tool("swiftc") else { return false }
    let tools = URL(filePath: swift.path).resolvingSymlinksInPath().deletingLastPathComponent()
    guard FileManager.default.isExecutableFile(atPath: "\(tools.path)/wasm-ld") else {
      return false
    }
    return (try? swift.run(["--version"]))?.text.contains("swift-6.3.1-RELEASE") == true
  }
}
