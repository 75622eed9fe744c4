import JointVAEMetrics
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEProgram
import JointVAERuns
import TestSupport
import Testing

struct DescriptionTests {
  private static var run: RunConfiguration {
    var training = Recipe.mnist.configuration(imageShape: ImageShape(size: 32))
    training.seed = 5
    return RunConfiguration(
      training: training, images: ImagesReference(DataSetRequest("mnist", imageSize: 32)),
      recipe: "mnist")
  }

  @Test("Columns are as wide as their longest word")
  func table() {
    let table = TextTable([["a", "bb", "c"], ["dddd", "e"], ["f"]])
    #expect(table.text == "a     bb  c\ndddd  e\nf")
  }

  @Test("A data set is described with its classes")
  func dataSet() throws {
    let images = try LabeledImages(
      name: "dots", part: "test", origin: "a file", imageShape: ImageShape(size: 16),
      pixels: [UInt8](repeating: 0, count: 3 * 256), labels: [1, 0, 1],
      classNames: ["black", "white"])
    #expect(
      DataSetDescription(images).text == """
        data set  dots
        part      test
        from      a file
        images    3
        shape     16x16x1
        classes   2
          black   1
          white   2
        """)
  }

  @Test("A model is described with its parameters, every layer and every tensor")
  func model() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      try Self.run.write(to: run.configuration)
      try JointVAEModel(
        imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3])
      ).save(to: run.model)
      try RunSummary(
        step: 7, imageCount: 9, kl: LatentInformation(continuous: [1, 2], discrete: [3])
      ).write(to: run.summary)
      let lines = try ModelDescription(StoredModel(folder)).text.split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(
        lines.prefix(9) == [
          "model          \(folder)/model.safetensors",
          "images         16x16x1",
          "latents        2 + [3]",
          "parameters     628904",
          "data set       mnist",
          "recipe         mnist",
          "seed           5",
          "step           7",
          "latents by KL  c0 KL 3.00, z1 KL 2.00, z0 KL 1.00",
        ])
      #expect(lines[9] == "")
      #expect(
        lines[10..<19] == [
          "layer                   input    output   activation  parameters  multiply-adds",
          "convolution             16x16x1  8x8x64   ReLU        1088        65536",
          "convolution             8x8x64   4x4x64   ReLU        65600       1048576",
          "dense                   4x4x64   256      ReLU        262400      262144",
          "heads                   256      7        none        1799        1792",
          "dense                   5        256      ReLU        1536        1280",
          "dense                   256      4x4x64   ReLU        263168      262144",
          "transposed convolution  4x4x64   8x8x32   ReLU        32800       524288",
          "transposed convolution  8x8x32   16x16x1  sigmoid     513         32768",
        ])
      #expect(
        lines[19] == "all                                                   628904      2198528")
      #expect(lines[20] == "")
      #expect(lines[21] == "img_to_features.0.weight     64 x 1 x 4 x 4")
      #expect(lines.contains("fc_alphas.0.weight           3 x 256"))
      #expect(lines.count == 21 + 20)
    }
  }

  private static let restarts = """
    {"format": 1, "firstSeed": 3, "count": 2, "step": 100, "kept": 4, "candidates": [
      {"seed": 3, "loss": 224.5, "categoriesUsed": 9, "categories": 10},
      {"seed": 4, "loss": 214.7, "categoriesUsed": 10, "categories": 10}]}
    """

  @Test("The description of a run has how it was chosen; a damaged table is named")
  func restarts() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      var changes = SettingChanges()
      changes.imageSize = 16
      changes.limit = 30
      changes.length = .steps(2)
      let training = try TrainingRun.begin(
        in: run, on: "shapes", changes: changes, catalog: DataSetCatalog())
      _ = try training.train(compute: .threads(1))
      #expect(try !ModelDescription(StoredModel(run.path)).text.contains("restarts"))
      try AtomicFile.write(Self.restarts, to: run.restarts)
      #expect(
        try ModelDescription(StoredModel(run.path)).text.contains(
          "\nrestarts       chosen of 2 seeds by the loss up to step 100\n"))
      try AtomicFile.write("{", to: run.restarts)
      #expect(throws: FileError.self) { _ = try ModelDescription(StoredModel(run.path)) }
    }
  }
}
