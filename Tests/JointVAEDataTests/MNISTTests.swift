import JointVAE
import JointVAEData
import TestSupport
import Testing

@Suite(
  "The real MNIST",
  .enabled(
    if: SharedFiles.data.has("mnist/train-images-idx3-ubyte.gz"),
    "no mnist folder under JOINTVAE_DATA"))
struct MNISTTests {
  let catalog = DataSetCatalog(roots: DataRoots(folders: [SharedFiles.data.folder]))

  @Test("has 60,000 digits to learn from")
  func train() throws {
    let digits = try catalog.load(DataSetRequest("mnist"))
    #expect(digits.count == 60_000)
    #expect(digits.imageShape == ImageShape(size: 32, channels: 1))
    #expect(digits.part == "train")
    #expect(digits.classNames == (0...9).map(String.init))
    #expect(digits.classCounts == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(digits.labels?.prefix(8) == [5, 0, 4, 1, 9, 2, 1, 3])
  }

  @Test("has 10,000 digits to measure with, also given by its own folder")
  func test() throws {
    for path in [nil, "\(SharedFiles.data.folder)/mnist", SharedFiles.data.folder] {
      let digits = try catalog.load(DataSetRequest("mnist", path: path, split: .test))
      #expect(digits.count == 10_000)
      #expect(digits.classCounts == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
      #expect(digits.labels?.prefix(8) == [7, 2, 1, 0, 4, 1, 4, 9])
    }
  }

  @Test(
    "comes in 32x32 pixels as Pillow resizes it, to the last bit",
    .enabled(
      if: SharedFiles.goldens.has("resize.safetensors"),
      "no resize.safetensors under JOINTVAE_GOLDENS"))
  func resized() throws {
    let golden = try Safetensors(contentsOf: SharedFiles.goldens.path("resize.safetensors"))
    guard case .uint8(let expected) = golden["resized32"]?.elements else {
      Issue.record("the golden holds no bytes named resized32")
      return
    }
    for threads in [1, 2, 4] {
      var catalog = catalog
      catalog.threads = threads
      let digits = try catalog.load(DataSetRequest("mnist", split: .test, imageSize: 32, limit: 32))
      #expect(digits.count * 1024 == expected.count)
      #expect((0..<digits.count).flatMap { digits.image($0) } == expected)
    }
  }
}
