import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEKernels
import Testing

/// A damaged file of images, and what is said of it.
struct DamagedImages: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]
  var problem: String
  var testDescription: String { name }

  static let all = [
    DamagedImages(
      name: "empty", bytes: [], problem: "is empty; expected images"),
    DamagedImages(
      name: "three bytes", bytes: [0, 0, 8],
      problem: "is of an unknown format; expected a folder or archive (.zip, .tar, .tar.gz) of "
        + "images, or an IDX, CSV, npy or npz file"),
    DamagedImages(
      name: "half a header", bytes: Array(IDXBytes.images(1)[..<13]),
      problem: "ends within its header, after 13 of 16 bytes; fetch it again"),
    DamagedImages(
      name: "labels", bytes: IDXBytes.labels([1, 2, 3]),
      problem: "holds labels (magic 0x00000801), not images (0x00000803); "
        + "pass the file with images in its name"),
    DamagedImages(
      name: "four axes",
      bytes: IDXBytes.file(magic: 0x804, lengths: [1, 1, 1, 1], values: [0, 0, 0, 0]),
      problem: "is an IDX file of another type or number of axes (magic 0x00000804); "
        + "expected images as bytes, magic 0x00000803"),
    DamagedImages(
      name: "no images", bytes: IDXBytes.images(0),
      problem: "holds no images; expected at least one"),
    DamagedImages(
      name: "images without pixels",
      bytes: IDXBytes.file(magic: 0x803, lengths: [1, 0, 28], values: []),
      problem: "claims that its images have 0x28 pixels; expected sides of 1 to 8192"),
    DamagedImages(
      name: "2^31 images",
      bytes: IDXBytes.file(magic: 0x803, lengths: [1 << 31, 28, 28], values: []),
      problem: "claims to hold 2147483648 images; expected at most 2147483647"),
    DamagedImages(
      name: "sides of 2^31",
      bytes: IDXBytes.file(magic: 0x803, lengths: [1, 1 << 31, 1 << 31], values: []),
      problem:
        "claims that its images have 2147483648x2147483648 pixels; expected sides of 1 to 8192"),
    DamagedImages(
      name: "the largest numbers",
      bytes: IDXBytes.file(magic: 0x803, lengths: [.max, .max, .max], values: []),
      problem: "claims to hold 4294967295 images; expected at most 2147483647"),
    DamagedImages(
      name: "2^31 - 1 images",
      bytes: IDXBytes.file(magic: 0x803, lengths: [1 << 31 - 1, 28, 28], values: [1]),
      problem:
        "claims to hold 2147483647x28x28 values, 1683627179264 bytes in all, but has room for "
        + "at most 17; it is cut off or damaged, fetch it again"),
    DamagedImages(
      name: "cut off", bytes: IDXBytes.images(3).dropLast(1),
      problem: "claims to hold 3x28x28 values, 2368 bytes in all, but has room for at most 2367; "
        + "it is cut off or damaged, fetch it again"),
    DamagedImages(
      name: "a byte too many", bytes: IDXBytes.images(3) + [0],
      problem: "goes on after the 3 images of its header; it is damaged, fetch it again"),
  ]
}

@Suite("Damaged IDX files")
struct IDXBadInputTests {
  let folder: TemporaryFolder
  let catalog = DataSetCatalog(roots: DataRoots(folders: []))

  init() throws { folder = try TemporaryFolder() }

  @Test("are named with what is wrong", arguments: DamagedImages.all)
  func images(_ damaged: DamagedImages) throws {
    let path = try folder.write(damaged.bytes, as: "train-images-idx3-ubyte")
    #expect(throws: FileError(path, damaged.problem)) {
      try catalog.load(DataSetRequest(path))
    }
  }

  @Test("are refused alike when gzipped", arguments: DamagedImages.all)
  func packedImages(_ damaged: DamagedImages) throws {
    let path = try folder.write(gzipped(damaged.bytes), as: "train-images-idx3-ubyte.gz")
    #expect(throws: FileError.self) { try catalog.load(DataSetRequest(path)) }
  }

  @Test("called by another name are told apart by what they hold")
  func strangers() throws {
    let files: [(name: String, bytes: [UInt8], problem: String)] = [
      ("nothing", [], "is empty; expected images"),
      (
        "archive", Array("PK\u{3}\u{4} and so on".utf8),
        "is a zip archive that is cut off: its directory is not at its end; fetch it again"
      ),
      (
        "photo.png", [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
        "is a PNG image; expected many, pass the folder it is in"
      ),
      (
        "program", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0],
        "is of an unknown format; expected a folder or archive (.zip, .tar, .tar.gz) of images, "
          + "or an IDX, CSV, npy or npz file"
      ),
    ]
    for file in files {
      let path = try folder.write(file.bytes, as: file.name)
      #expect(throws: FileError(path, file.problem)) { try catalog.load(DataSetRequest(path)) }
    }
  }

  @Test(
    "that unpack to too little or too much are refused, also beyond a limit", arguments: [nil, 1])
  func packedBody(limit: Int?) throws {
    let whole = IDXBytes.images(3)
    let short = try folder.write(gzipped(whole.dropLast(1)), as: "short")
    #expect(
      throws: FileError(short, "ends within image 2 of 3; it is cut off, fetch it again")
    ) { try catalog.load(DataSetRequest(short, limit: limit)) }
    let long = try folder.write(gzipped(whole + [0]), as: "long")
    #expect(
      throws: FileError(
        long, "goes on after the 3 images of its header; it is damaged, fetch it again")
    ) { try catalog.load(DataSetRequest(long, limit: limit)) }
    let cutOff = try folder.write(gzipped(whole).dropLast(8), as: "cutOff")
    #expect(throws: FileError.self) { try catalog.load(DataSetRequest(cutOff, limit: limit)) }
  }

  @Test("that promise more than gzip can pack are refused before memory is asked for")
  func packedPromise() throws {
    let file = IDXBytes.file(magic: 0x803, lengths: [1 << 31 - 1, 8192, 8192], values: [])
    let packed = try gzipped(file)
    let path = try folder.write(packed, as: "bomb")
    #expect(
      throws: FileError(
        path,
        "claims to hold 2147483647x8192x8192 values, 144115188008747024 bytes in all, but has room "
          + "for at most \(packed.count * 1032); it is cut off or damaged, fetch it again")
    ) { try catalog.load(DataSetRequest(path)) }
  }

  @Test("that do not fit in memory when resized are refused")
  func tooLargeWhenResized() throws {
    // One byte an image in the file, 16 KiB when prepared: 655 GB.
    let header = IDXBytes.file(magic: 0x803, lengths: [40_000_000, 1, 1], values: [])
    let dots = try gzipped([UInt8](repeating: 0, count: 1_000_000))
    let path = try folder.write(
      gzipped(header) + (0..<40).flatMap { _ in dots }, as: "dots")
    #expect(
      throws: FileError(
        path,
        "holds 40000000 images, too many for this machine's memory; choose a smaller image size")
    ) { try catalog.load(DataSetRequest(path, imageSize: 128)) }
  }
}

@Suite("IDX files damaged at random")
struct IDXRandomDamageTests {
  @Test("are read or refused with an error about the file, never worse", arguments: [false, true])
  func damage(isPacked: Bool) throws {
    let folder = try TemporaryFolder()
    let catalog = DataSetCatalog(roots: DataRoots(folders: []), threads: 2)
    let plain = IDXBytes.images(5, size: 4)
    let whole = isPacked ? try gzipped(plain) : plain
    var random = RandomSequence(state: 11)
    var refused = 0
    for round in 0..<1500 {
      var bytes = whole
      for _ in 0...random.number(below: 3) {
        bytes[random.number(below: min(bytes.count, 40))] = UInt8(random.number(below: 256))
      }
      if random.number(below: 4) == 0 { bytes.removeLast(random.number(below: bytes.count)) }
      let path = try folder.write(bytes, as: "damaged")
      do {
        _ = try catalog.load(DataSetRequest(path, imageSize: 16))
      } catch let error as FileError {
        #expect(error.path == path)
        refused += 1
      } catch {
        Issue.record("round \(round): \(error)")
      }
    }
    #expect(refused > 500)
  }
}

@Suite("Damaged IDX labels")
struct IDXBadLabelTests {
  let folder: TemporaryFolder
  let catalog = DataSetCatalog(roots: DataRoots(folders: []))

  init() throws { folder = try TemporaryFolder() }

  private func expect(_ problem: String, ofLabels bytes: [UInt8]) throws {
    try folder.write(IDXBytes.images(3), as: "train-images-idx3-ubyte")
    let labels = try folder.write(bytes, as: "train-labels-idx1-ubyte")
    #expect(throws: FileError(labels, problem)) {
      try catalog.load(DataSetRequest("mnist", path: folder.path))
    }
  }

  @Test("of another number than the images are refused, naming both files")
  func countDisagrees() throws {
    try expect(
      "holds 2 labels for the 3 images of \(folder.path)/train-images-idx3-ubyte; "
        + "expected one each, from the same download", ofLabels: IDXBytes.labels([1, 2]))
  }

  @Test("of a class that does not exist are refused")
  func unknownClass() throws {
    try expect(
      "labels image 1 with class 10; expected 0 to 9", ofLabels: IDXBytes.labels([9, 10, 0]))
  }

  @Test("that are images are refused")
  func images() throws {
    try expect(
      "holds images (magic 0x00000803), not labels (0x00000801); "
        + "pass the file with labels in its name", ofLabels: IDXBytes.images(3))
  }

  @Test("that are cut off or too long are refused")
  func wrongLength() throws {
    try expect(
      "claims to hold 3 values, 11 bytes in all, but has room for at most 10; "
        + "it is cut off or damaged, fetch it again",
      ofLabels: IDXBytes.labels([1, 2, 3]).dropLast())
    try expect(
      "goes on after the 3 labels of its header; it is damaged, fetch it again",
      ofLabels: IDXBytes.labels([1, 2, 3]) + [4])
    try expect(
      "ends after 2 of 3 labels; fetch it again",
      ofLabels: gzipped(IDXBytes.labels([1, 2, 3]).dropLast()))
    try expect("holds no labels; expected at least one", ofLabels: IDXBytes.labels([]))
  }

  @Test("that are missing are named with the names looked for")
  func missing() throws {
    try folder.write(IDXBytes.images(3), as: "train-images-idx3-ubyte")
    #expect(
      throws: FileError(
        folder.path,
        "holds train-images-idx3-ubyte, and no labels of it; put train-labels-idx1-ubyte beside it, or "
          + "pass \(folder.path)/train-images-idx3-ubyte to do without")
    ) { try catalog.load(DataSetRequest("mnist", path: folder.path)) }
  }
}
