import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import JointVAEKernels
import TestSupport
import Testing

@Suite("Prepared images are kept")
struct CacheTests {
  let folder: TemporaryFolder
  let cache: PreparedCache

  /// Two classes of two images in a folder, and no cache yet.
  init() throws {
    folder = try TemporaryFolder()
    cache = PreparedCache(folder: "\(folder.path)/cache/prepared")
    try folder.writeNumbered(["set/a/0.png", "set/a/1.png", "set/b/2.png", "set/b/3.png"])
  }

  private var set: String { "\(folder.path)/set" }

  private func load(
    _ path: String? = nil, change: (inout DataSetRequest) -> Void = { _ in }
  ) throws -> LabeledImages {
    var request = DataSetRequest(path ?? set, imageSize: 16)
    change(&request)
    return try DataSetCatalog(roots: DataRoots(folders: []), cache: cache).load(request)
  }

  private func expectSame(_ one: LabeledImages, _ other: LabeledImages) {
    #expect(one.bytes == other.bytes)
    #expect(one.labels == other.labels && one.classNames == other.classNames)
    #expect(one.factors == other.factors)
    #expect(one.preparation == other.preparation)
    #expect([one.name, one.part, one.origin] == [other.name, other.part, other.origin])
    #expect(one.imageShape == other.imageShape && one.count == other.count)
  }

  /// Changes the bytes of a file without a trace outside: same length, same file, same
  /// time.
  private func spoilUnseen(_ path: String) throws {
    var status = stat()
    try #require(stat(path, &status) == 0)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.write(contentsOf: Data(repeating: 0, count: Int(status.st_size)))
    try file.close()
    #if os(Linux)
      let times = [status.st_atim, status.st_mtim]
    #else
      let times = [status.st_atimespec, status.st_mtimespec]
    #endif
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
  }

  @Test("the second load is the first to the last byte, and reads no image")
  func second() throws {
    try folder.write([1], as: "set/readme.txt")
    try folder.write([1], as: "set/b/broken.png")
    let first = try load()
    for name in ["a/0.png", "a/1.png", "b/2.png", "b/3.png"] {
      try spoilUnseen("\(set)/\(name)")
    }
    expectSame(try load(), first)
    #expect(try fileNames(in: cache.folder).count == 1)
    // Without the cache there is nothing left to read.
    #expect(throws: FileError.self) { try plainCatalog.load(DataSetRequest(set)) }
  }

  @Test("known factors and labels of an npz file are kept")
  func factors() throws {
    var random = RandomSequence(state: 1)
    let path = "\(folder.path)/dsprites.npz"
    let latents: [Double] = [1, 1, 0.5, 0.25, 0, 1, 1, 3, 1, 6.25, 0.125, 1 / 3]
    try ZipBytes.write(
      [
        (
          "imgs.npy",
          NPYBytes.file(
            "|u1", [2, 64, 64], values: (0..<2 * 4096).map { _ in UInt8(random.number(below: 2)) })
        ),
        ("latents_values.npy", NPYBytes.file("<f8", [2, 6], values: NPYBytes.bytes(latents))),
      ], to: path)
    let first = try load(path) { $0.imageSize = 64 }
    #expect(!first.factors.isEmpty && first.classes == ["square", "heart"])
    try spoilUnseen(path)
    // Opening the file tells it is spoilt; the cache does not open it.
    expectSame(try load(path) { $0.imageSize = 64 }, first)
  }

  @Test("every setting that changes the images has a file of its own; a selection has none")
  func settings() throws {
    let first = try load()
    let changes: [(inout DataSetRequest) -> Void] = [
      { $0.imageSize = 32 }, { $0.preparation.color = .rgb }, { $0.preparation.color = .gray },
      { $0.preparation.fit = .pad }, { $0.preparation.inversion = .on },
      { $0.preparation.inversion = .off }, { $0.usualSplit = .test }, { $0.labelColumn = "1" },
    ]
    for (index, change) in changes.enumerated() {
      let images = try load(change: change)
      #expect(try fileNames(in: cache.folder).count == index + 2)
      expectSame(try load(change: change), images)
    }
    let selections: [(inout DataSetRequest) -> Void] = [
      { $0.limit = 1 }, { $0.classes = ["b"] }, { $0.shuffleSeed = 3 }, { $0.isStrict = true },
      { $0.seed = 9 },
    ]
    for change in selections { _ = try load(change: change) }
    #expect(try fileNames(in: cache.folder).count == changes.count + 1)
    expectSame(try load(), first)
  }

  @Test("a source that changed is read anew: another time, length, name, file, or one more")
  func sourceChanges() throws {
    #expect(try load().numbers == [0, 1, 2, 3])
    let time = timespec(tv_sec: 1, tv_nsec: 0)
    try folder.write(Image.numbered(10), as: "set/a/0.png")
    #expect(try load().numbers == [10, 1, 2, 3])
    // The same length and the same place, only at another time.
    try spoilUnseen("\(set)/a/1.png")
    #expect(try load().numbers == [10, 1, 2, 3])
    try #require(utimensat(AT_FDCWD, "\(set)/a/1.png", [time, time], 0) == 0)
    #expect(try load().numbers == [10, 2, 3])
    try folder.write(Image.numbered(11), as: "set/b/4.png")
    #expect(try load().numbers == [10, 2, 3, 11])
    try FileManager.default.moveItem(atPath: "\(set)/b/4.png", toPath: "\(set)/b/1.png")
    #expect(try load().numbers == [10, 11, 2, 3])
    try FileManager.default.removeItem(atPath: "\(set)/a/0.png")
    #expect(try load().classes == ["a", "b", "b", "b"] || load().numbers == [11, 2, 3])
  }

  @Test("what was kept without broken images does not satisfy --strict")
  func strict() throws {
    try folder.write([1], as: "set/b/broken.png")
    #expect(try load().count == 4)
    #expect(
      throws: FileError(
        "\(set)/b/broken.png", "is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM")
    ) {
      try load { $0.isStrict = true }
    }
    #expect(try load().count == 4)
  }

  @Test("a part that is not there is refused from the cache as from the files")
  func split() throws {
    let error = FileError(
      set,
      "is not divided into train and test; take all of it, or hold images back for validation")
    #expect(throws: error) { try load { $0.split = .train } }
    _ = try load()
    #expect(throws: error) { try load { $0.split = .train } }
  }

  @Test("entries are listed by name, damaged files left out; clear removes all files of the cache")
  func entries() throws {
    #expect(cache.entries() == [])
    #expect(try cache.clear() == (0, 0))
    try folder.write(IDXBytes.images(2, size: 16), as: "mnist/train-images-idx3-ubyte")
    try folder.write(IDXBytes.labels([1, 2]), as: "mnist/train-labels-idx1-ubyte")
    _ = try load()
    _ = try load("mnist") { $0.path = "\(folder.path)/mnist" }
    let entries = cache.entries()
    #expect(entries.map(\.dataSet) == [set, "mnist"])
    #expect(entries.map(\.part) == ["all", "train"])
    #expect(entries.map(\.count) == [4, 2])
    #expect(entries.map(\.imageShape) == [ImageShape(size: 16), ImageShape(size: 16)])
    let names = try fileNames(in: cache.folder)
    #expect(names.count == 2 && names[0].hasPrefix("mnist-") && names[1].hasPrefix("set-"))
    try Data([1, 2, 3]).write(to: URL(filePath: "\(cache.folder)/x.prepared"))
    try Data([1, 2, 3]).write(to: URL(filePath: "\(cache.folder)/y.prepared.1-0.partial"))
    try Data([1]).write(to: URL(filePath: "\(cache.folder)/notes.txt"))
    #expect(cache.entries() == entries)
    let cleared = try cache.clear()
    #expect(cleared.fileCount == 4)
    #expect(cleared.byteCount == entries.map(\.byteCount).reduce(6, +))
    // What is not the cache's own stays.
    #expect(try fileNames(in: cache.folder) == ["notes.txt"])
  }

  @Test("a mixed set that is begun again in color leaves one whole file")
  func color() throws {
    let image = Image(width: 16, height: 16, channels: 3, pixels: (0..<768).map { UInt8($0 % 7) })
    try folder.write(image.pngBytes(), as: "set/b/3.png")
    let first = try load()
    #expect(first.imageShape.channels == 3 && first.image(3) == image.pixels)
    expectSame(try load(), first)
    #expect(try fileNames(in: cache.folder).count == 1)
  }
}
