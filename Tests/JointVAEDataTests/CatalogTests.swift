import JointVAE
import JointVAEData
import JointVAEFiles
import Testing

@Suite("The catalog of data sets")
struct CatalogTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func writeMNIST(in name: String, labels: [UInt8]) throws {
    try folder.write(IDXBytes.images(labels.count), as: "\(name)/train-images-idx3-ubyte")
    try folder.write(IDXBytes.labels(labels), as: "\(name)/train-labels-idx1-ubyte")
  }

  @Test("looks in its roots in their order")
  func roots() throws {
    try writeMNIST(in: "first/fashion-mnist", labels: [1])
    try writeMNIST(in: "second/mnist", labels: [2])
    try writeMNIST(in: "second/fashion-mnist", labels: [3])
    let catalog = DataSetCatalog(
      roots: DataRoots(folders: ["\(folder.path)/first", "\(folder.path)/second"]))
    #expect(try catalog.load(DataSetRequest("mnist")).labels == [2])
    let fashion = try catalog.load(DataSetRequest("fashion-mnist"))
    #expect(fashion.labels == [1])
    #expect(fashion.classNames[1] == "Trouser")
    // A path given wins over the roots, be it the data set's folder or the one above.
    for path in ["\(folder.path)/second/fashion-mnist", "\(folder.path)/second"] {
      #expect(try catalog.load(DataSetRequest("fashion-mnist", path: path)).labels == [3])
    }
  }

  @Test("takes its roots from the environment")
  func environment() {
    func folders(_ variables: [String: String]) -> [String] {
      DataRoots { variables[$0] }.folders
    }
    #if os(macOS)
      #expect(folders(["HOME": "/home/ada"]) == ["/home/ada/Library/Caches/jointvae"])
    #else
      #expect(folders(["HOME": "/home/ada"]) == ["/home/ada/.cache/jointvae"])
      #expect(folders(["HOME": "/home/ada", "XDG_CACHE_HOME": "/fast"]) == ["/fast/jointvae"])
      // Relative and empty values do not count.
      #expect(
        folders(["HOME": "/home/ada", "XDG_CACHE_HOME": "fast", "JOINTVAE_DATA": ""])
          == ["/home/ada/.cache/jointvae"])
      #expect(
        folders(["HOME": "/home/ada", "JOINTVAE_DATA": "data"])
          == ["data", "/home/ada/.cache/jointvae"])
    #endif
    #expect(folders([:]) == [])
  }

  @Test("suggests the nearest name, and lists all")
  func unknownName() {
    let rest =
      " Known are \(KnownDataSet.all.map(\.name).joined(separator: ", ")), "
      + "and paths of image folders, archives, IDX, CSV and npz files"
    let start = "is not a known data set, and there is no such file or folder"
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    #expect(throws: DataSetError("mnits", "\(start); did you mean mnist?\(rest)")) {
      try catalog.load(DataSetRequest("mnits"))
    }
    #expect(throws: DataSetError("imagenet", "\(start).\(rest)")) {
      try catalog.load(DataSetRequest("imagenet"))
    }
  }

  @Test("says where it looked for files that are not there, and what to do")
  func missing() throws {
    #expect(
      throws: DataSetError(
        "mnist",
        "was not found: there is no folder /no/a/mnist or /no/b/mnist; download "
          + "train-images-idx3-ubyte.gz and the three beside it from "
          + "https://storage.googleapis.com/cvdf-datasets/mnist/, or pass the path of its files",
        isDownloadable: true)
    ) {
      try DataSetCatalog(roots: DataRoots(folders: ["/no/a", "/no/b"])).load(
        DataSetRequest("mnist"))
    }
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    #expect(throws: DataSetError.self) { try catalog.load(DataSetRequest("mnist")) }
    #expect(
      throws: FileError(
        folder.path,
        "holds no images; expected train-images-idx3-ubyte.gz and the three beside it")
    ) { try catalog.load(DataSetRequest("mnist", path: folder.path)) }
    // Only the other part is there.
    try writeMNIST(in: "mnist", labels: [1])
    #expect(
      throws: FileError(
        "\(folder.path)/mnist",
        "has no test part; it has train, in train-images-idx3-ubyte")
    ) { try catalog.load(DataSetRequest("mnist", path: "\(folder.path)/mnist", split: .test)) }
  }

  @Test("refuses paths of nothing, and of what is neither file nor folder")
  func paths() throws {
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    for (name, path) in [("/no/where", nil), ("mnist", "/no/where")] {
      #expect(
        throws: FileError(
          "/no/where",
          "does not exist; expected a file or a folder of images, or one of the known names "
            + KnownDataSet.all.map(\.name).joined(separator: ", "))
      ) { try catalog.load(DataSetRequest(name, path: path)) }
    }
    #expect(
      throws: FileError("/dev/null", "is neither a file nor a folder; expected one of the two")
    ) { try catalog.load(DataSetRequest("/dev/null")) }
  }

  @Test("refuses requests that contradict themselves")
  func contradictions() throws {
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    let file = try folder.write(IDXBytes.images(1), as: "images")
    // A path that moved, or one of several files there, has another place.
    #expect(try catalog.load(DataSetRequest("/was/here", path: file)).count == 1)
    #expect(
      throws: FileError(
        file,
        "is not divided into train and test; take all of it, or hold images back for validation")
    ) { try catalog.load(DataSetRequest(file, split: .test)) }
    for name in ["shapes", "shapes-rgb", "sprites", "glyphs"] {
      #expect(
        throws: DataSetError(name, "is generated and reads no files; leave \(file) out")
      ) { try catalog.load(DataSetRequest(name, path: file)) }
    }
    #expect(
      throws: ConfigurationError(
        "image size", "7x33", expected: ImageSize.words)
    ) {
      try catalog.load(DataSetRequest("shapes", imageSize: ImageSize(height: 7, width: 33)))
    }
    for limit in [0, -5] {
      #expect(throws: ConfigurationError("limit", "\(limit)", expected: "at least 1 image")) {
        try catalog.load(DataSetRequest("shapes", limit: limit))
      }
    }
  }

  @Test("draws shapes as asked")
  func shapes() throws {
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    let shapes = try catalog.load(
      DataSetRequest("shapes", split: .test, imageSize: 16, limit: 5, seed: 3))
    #expect(shapes.count == 5)
    #expect(shapes.name == "shapes")
    #expect(shapes.part == "test")
    #expect(shapes.origin == "generated from seed 3")
    #expect(shapes.imageShape == ImageShape(size: 16))
    #expect(shapes.classNames == ["circle", "square", "star", "triangle"])
    #expect(try catalog.load(DataSetRequest("shapes", split: .test)).count == 2000)
  }

  @Test("draws sprites and glyphs as asked")
  func spritesAndGlyphs() throws {
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    for (name, size) in [("sprites", 64), ("glyphs", 32)] {
      let images = try catalog.load(DataSetRequest(name, split: .test, limit: 5, seed: 3))
      #expect(images.count == 5)
      #expect(images.name == name)
      #expect(images.part == "test")
      #expect(images.origin == "generated from seed 3")
      #expect(images.imageShape == ImageShape(size: size))
      #expect(try catalog.load(DataSetRequest(name, imageSize: 16)).count == 20_000)
    }
  }
}
