import JointVAE
import JointVAEData
import JointVAEFiles
import Testing

@Suite("IDX files")
struct IDXTests {
  let folder: TemporaryFolder
  let catalog = DataSetCatalog(roots: DataRoots(folders: []))

  init() throws { folder = try TemporaryFolder() }

  @Test("are read plain and gzipped, by path, with the labels beside them")
  func byPath() throws {
    let plain = try folder.write(IDXBytes.images(3, size: 32), as: "a/train-images-idx3-ubyte")
    try folder.write(gzipped(IDXBytes.labels([2, 0, 7])), as: "a/train-labels-idx1-ubyte.gz")
    let packed = try folder.write(
      gzipped(IDXBytes.images(3, size: 32)), as: "b/my-images.idx3-ubyte.gz")
    try folder.write(IDXBytes.labels([2, 0, 7]), as: "b/my-labels.idx1-ubyte")
    for path in [plain, packed] {
      let images = try catalog.load(DataSetRequest(path))
      #expect(images.count == 3)
      #expect(images.imageShape == ImageShape(size: 32))
      #expect(images.image(1) == (0..<1024).map { UInt8((1 + $0) % 251) })
      #expect(images.labels == [2, 0, 7])
      #expect(images.classNames == (0...7).map(String.init))
      #expect(images.classCounts == [1, 0, 1, 0, 0, 0, 0, 1])
      #expect(images.origin == path)
      #expect(images.part == "all")
    }
  }

  @Test("without labels beside them have none")
  func withoutLabels() throws {
    let path = try folder.write(IDXBytes.images(2), as: "scans.idx")
    let images = try catalog.load(DataSetRequest(path))
    #expect(images.labels == nil)
    #expect(images.classNames.isEmpty)
    #expect(images.imageShape == ImageShape(size: 32))
  }

  @Test("are found in a folder under either spelling of MNIST's names")
  func folderNames() throws {
    try folder.write(gzipped(IDXBytes.images(2)), as: "train-images.idx3-ubyte.gz")
    try folder.write(IDXBytes.labels([1, 9]), as: "train-labels-idx1-ubyte")
    try folder.write(IDXBytes.images(1), as: "t10k-images-idx3-ubyte")
    try folder.write(IDXBytes.labels([4]), as: "t10k-labels.idx1-ubyte")
    for name in ["mnist", "fashion-mnist"] {
      let train = try catalog.load(DataSetRequest(name, path: folder.path))
      #expect(train.labels == [1, 9])
      #expect(train.name == name)
      #expect(train.part == "train")
      #expect(train.classNames.count == 10)
      let test = try catalog.load(DataSetRequest(name, path: folder.path, split: .test))
      #expect(test.labels == [4])
      #expect(test.part == "test")
    }
    #expect(try catalog.load(DataSetRequest(folder.path)).name == folder.path)
  }

  @Test("have the same pixels whatever the threads, pieces and limits", arguments: [1, 2, 4, 7])
  func threads(_ threads: Int) throws {
    // Several pieces of 1 MiB, and a last one that is not full.
    let count = 3001
    let path = try folder.write(gzipped(IDXBytes.images(count)), as: "images.gz")
    let images = try DataSetCatalog(threads: threads).load(DataSetRequest(path, imageSize: 64))
    let first = try DataSetCatalog(threads: 1).load(
      DataSetRequest(path, imageSize: 64, limit: 1500))
    #expect(images.count == count)
    #expect(first.count == 1500)
    #expect(first.part == "all, first 1500")
    for index in 0..<1500 where first.image(index) != images.image(index) {
      Issue.record("image \(index) differs")
    }
    // Image i equals image i + 251 by construction, which lies in another piece and block.
    for index in 251..<count where images.image(index) != images.image(index - 251) {
      Issue.record("image \(index) is not where it belongs")
    }
  }

  @Test("keep the names of all classes when limited")
  func limitKeepsClasses() throws {
    let path = try folder.write(IDXBytes.images(3), as: "images")
    try folder.write(IDXBytes.labels([0, 1, 5]), as: "labels")
    let images = try catalog.load(DataSetRequest(path, limit: 2))
    #expect(images.labels == [0, 1])
    #expect(images.classNames.count == 6)
  }
}
