import Dispatch
import Foundation
import JointVAEData
import JointVAEFiles
import JointVAEImages
import Synchronization
import TestSupport
import Testing

@Suite("The cache of prepared images does no harm")
struct CacheFailureTests {
  let folder: TemporaryFolder
  let cache: PreparedCache

  /// Two classes of two images in a folder, and no cache yet.
  init() throws {
    folder = try TemporaryFolder()
    cache = PreparedCache(folder: "\(folder.path)/cache/prepared")
    try folder.writeNumbered(["set/a/0.png", "set/a/1.png", "set/b/2.png", "set/b/3.png"])
  }

  private var set: String { "\(folder.path)/set" }

  private func load(cache: PreparedCache? = nil) throws -> LabeledImages {
    try DataSetCatalog(roots: DataRoots(folders: []), cache: cache ?? self.cache)
      .load(DataSetRequest(set, imageSize: 16))
  }

  @Test("a file damaged at any byte, cut off or empty is made anew")
  func damage() throws {
    let expected = try plainCatalog.load(DataSetRequest(set, imageSize: 16))
    _ = try load()
    let path = try #require(cache.entries().first).path
    let whole = try BoundedFile.read(path, limit: 1 << 20)
    #expect(whole.count < 3000)
    let cuts = [0, 1, 23, 24, 100, whole.count - 1].map { Array(whole.prefix($0)) }
    let more = [whole + [0], [0] + whole, Array(whole.dropFirst())]
    let flips = whole.indices.map { place in
      var bytes = whole
      bytes[place] ^= 0x10
      return bytes
    }
    for (number, bytes) in (cuts + more + flips).enumerated() {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
      let images = try load()
      #expect(images.bytes == expected.bytes && images.labels == expected.labels, "\(number)")
      #expect(try BoundedFile.read(path, limit: 1 << 20) == whole, "\(number)")
    }
  }

  @Test("a file that another program cuts off while it is in use keeps its images")
  func cutOffInUse() throws {
    // Once as written, once as read.
    for _ in 0..<2 {
      let images = try load()
      let bytes = images.bytes
      let path = try #require(cache.entries().first).path
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.truncate(atOffset: 0)
      #expect(images.bytes == bytes)
      try file.close()
      _ = try load()
    }
  }

  @Test("a folder, a link into nowhere or a device in place of the file does no harm")
  func strangeFiles() throws {
    let first = try load()
    let path = try #require(cache.entries().first).path
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "/no/such/file")
    #expect(try load().bytes == first.bytes)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let images = try load()
    #expect(images.bytes == first.bytes)
    #expect(images.preparation?.remarks.count == 1)
    #expect(try fileNames(in: cache.folder).allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test(
    "a file replaced while it is read is an error, and nothing is kept", arguments: [true, false])
  func replaced(hasCache: Bool) throws {
    // Where the cache cannot be written, images are read a second time.
    let cache = hasCache ? cache : PreparedCache(folder: "\(set)/a/0.png/prepared")
    let isDone = Atomic(false)
    let catalog = DataSetCatalog(roots: DataRoots(folders: []), cache: cache, threads: 1) {
      guard $0.done == 2, !isDone.exchange(true, ordering: .relaxed) else { return }
      try? Data(Image.numbered(40)).write(to: URL(filePath: "\(self.set)/b/3.png"))
    }
    #expect(
      throws: FileError(
        set, "was changed while it was read; wait until it is complete and try again")
    ) { try catalog.load(DataSetRequest(set, imageSize: 16)) }
    if hasCache { #expect(try fileNames(in: cache.folder) == []) }
    #expect(try catalog.load(DataSetRequest(set, imageSize: 16)).numbers == [0, 1, 2, 40])
  }

  @Test(
    "where nothing can be kept, images are prepared all the same, and the report says so",
    arguments: ["set/a/0.png/prepared", "set/a/0.png"])
  func nowhere(place: String) throws {
    let expected = try plainCatalog.load(DataSetRequest(set, imageSize: 16))
    let images = try load(cache: PreparedCache(folder: "\(folder.path)/\(place)"))
    #expect(images.bytes == expected.bytes && images.labels == expected.labels)
    #expect(
      images.preparation?.remarks == [
        "The prepared images were not kept: \(folder.path)/\(place): cannot be made."
      ])
  }

  @Test("many loads at once give the same images and leave one file")
  func atOnce() throws {
    let expected = try plainCatalog.load(DataSetRequest(set, imageSize: 16)).bytes
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      if (try? load())?.bytes != expected { wrong.add(1, ordering: .relaxed) }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
    #expect(try fileNames(in: cache.folder).count == 1)
  }

  @Test("images stay readable when their file is removed, replaced or cleared away")
  func removed() throws {
    let made = try load()
    let mapped = try load()
    let expected = try plainCatalog.load(DataSetRequest(set, imageSize: 16)).bytes
    try cache.clear()
    #expect(made.bytes == expected && mapped.bytes == expected)
    let next = try load()
    let path = try #require(cache.entries().first).path
    try Data([1, 2, 3]).write(to: URL(filePath: path), options: .atomic)
    #expect(next.bytes == expected)
  }
}
