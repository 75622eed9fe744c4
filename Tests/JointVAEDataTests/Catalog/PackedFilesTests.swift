import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import JointVAEKernels
import Testing

@Suite("One packed file is a data set")
struct PackedFilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ path: String, split: DataSplit? = nil, change: (inout DataSetRequest) -> Void = { _ in }
  ) throws -> LabeledImages {
    var request = DataSetRequest(path, split: split, imageSize: 16)
    change(&request)
    return try plainCatalog.load(request)
  }

  private let names = ["cat/1.png", "cat/2.png", "dog/1.png", "readme.txt"]

  private func members() throws -> [(name: String, bytes: [UInt8])] {
    try names.enumerated().map { ($1, $1 == "readme.txt" ? [65] : try Image.numbered($0)) }
  }

  private func tar() throws -> [UInt8] {
    var tar = TarBytes()
    for (name, bytes) in try members() { tar.add(name, bytes) }
    return tar.complete
  }

  @Test("a zip, a tar and a tar.gz are what their folder is, told apart by content, not by name")
  func archives() throws {
    for (name, bytes) in try members() { try folder.write(bytes, as: "folder/\(name)") }
    let expected = try load("\(folder.path)/folder")
    #expect(expected.numbers == [0, 1, 2] && expected.classes == ["cat", "cat", "dog"])
    let archives = try [
      folder.write(ZipBytes.archive(members(), in: folder.path), as: "download"),
      folder.write(tar(), as: "images.zip"), folder.write(gzipped(tar()), as: "images"),
    ]
    for path in archives {
      for threads in [1, 2, 5] {
        var catalog = plainCatalog
        catalog.threads = threads
        let images = try catalog.load(DataSetRequest(path, imageSize: 16))
        #expect(images.bytes == expected.bytes)
        #expect(images.labels == expected.labels && images.classNames == expected.classNames)
        #expect(images.preparation?.skippedFileCount == 1)
      }
    }
  }

  @Test("a folder with one archive in it stands for the archive; of two the user names one")
  func inFolder() throws {
    let zip = try ZipBytes.archive(members(), in: folder.path)
    try folder.write(zip, as: "set/archive.zip")
    try folder.write([1], as: "set/readme.md")
    #expect(try load("\(folder.path)/set").numbers == [0, 1, 2])
    try folder.write(zip, as: "set/other.zip")
    #expect(
      throws: FileError(
        "\(folder.path)/set",
        "holds several data files: archive.zip, other.zip; pass the path of one of them, such as "
          + "\(folder.path)/set/archive.zip")
    ) { try load("\(folder.path)/set") }
  }

  @Test("a broken image in an archive is named by archive and member")
  func brokenMember() throws {
    var files = try members()
    files[1].bytes = [1, 2, 3]
    let path = try folder.write(ZipBytes.archive(files, in: folder.path), as: "a.zip")
    let images = try load(path)
    #expect(images.numbers == [0, 2])
    #expect(
      images.preparation?.brokenImages == [
        "\(path)/cat/2.png: is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM"
      ])
  }

  @Test("an archive that is cut off is an error")
  func cutOff() throws {
    let zip = try ZipBytes.archive(members(), in: folder.path)
    for (name, bytes) in [("a.zip", zip), ("a.tar", try tar()), ("a.tgz", try gzipped(tar()))] {
      let path = try folder.write(Array(bytes.prefix(bytes.count / 2)), as: name)
      #expect(throws: FileError.self, "\(name)") { try load(path) }
    }
  }

  /// Rows of a label and 256 pixels of its number, and what comes before them.
  private func table(header: Bool, labelAt place: Int, labels: [String]) -> [UInt8] {
    func row(_ label: String, _ pixels: (Int) -> String) -> String {
      var fields = (0..<256).map(pixels)
      fields.insert(label, at: place)
      return fields.joined(separator: ",") + "\n"
    }
    let rows = labels.enumerated().map { number, label in row(label) { _ in "\(number)" } }
    return Array(((header ? row("kind") { "p\($0)" } : "") + rows.joined()).utf8)
  }

  @Test("a CSV file tells its labels by the name or the number of their column")
  func csv() throws {
    let first = try folder.write(
      table(header: false, labelAt: 0, labels: ["3", "0", "3"]), as: "first.csv")
    let images = try load(first)
    #expect(images.numbers == [0, 1, 2])
    #expect(images.labels == [3, 0, 3] && images.classNames == ["0", "1", "2", "3"])
    for column in ["1", "first"] {
      #expect(try load(first) { $0.labelColumn = column }.labels == [3, 0, 3])
    }
    let last = try folder.write(
      gzipped(table(header: true, labelAt: 256, labels: ["b", "a", "b"])), as: "last.csv.gz")
    for column in ["kind", "257", "last"] {
      let images = try load(last) { $0.labelColumn = column }
      #expect(images.numbers == [0, 1, 2])
      #expect(images.classes == ["b", "a", "b"] && images.classNames == ["a", "b"])
    }
    #expect(throws: FileError.self) { try load(last) { $0.labelColumn = "label" } }
    #expect(throws: FileError.self) { try load(first) { $0.labelColumn = "300" } }
  }

  @Test("labels that differ in case are classes of their own; those from 1 have no class 0")
  func csvClasses() throws {
    let letters = "AaAbaAbAaA".map(String.init)
    let path = try folder.write(table(header: true, labelAt: 0, labels: letters), as: "case.csv")
    let images = try load(path) { $0.labelColumn = "kind" }
    #expect(images.classNames == ["A", "a", "b"] && images.classCounts == [5, 3, 2])
    #expect(images.classes == letters)
    let counted = try folder.write(
      table(header: true, labelAt: 0, labels: ["3", "1", "2"]), as: "one.csv")
    let numbered = try load(counted) { $0.labelColumn = "kind" }
    #expect(numbered.classNames == ["1", "2", "3"] && numbered.labels == [2, 0, 1])
  }

  @Test("20,000 classes take a time that grows as their number does")
  func manyClasses() throws {
    let names = (0..<20_000).map { "class \($0)" }
    let path = try folder.write(
      Array(("label,a,b,c,d\n" + names.map { "\($0),1,2,3,200\n" }.joined()).utf8), as: "many.csv")
    var images: LabeledImages?
    let time = try ContinuousClock().measure { images = try load(path) }
    #expect(images?.classNames == names && images?.labels == Array(0..<20_000))
    // Debug builds are 25 times slower; what is quadratic takes minutes there.
    #expect(time < .seconds(45))
  }

  @Test("a CSV file in a zip, as Kaggle packs one")
  func zippedCSV() throws {
    let letters = table(header: false, labelAt: 0, labels: ["25", "0"])
    let zip = try ZipBytes.archive([("A_Z Data.csv", letters)], in: folder.path)
    let path = try folder.write(zip, as: "az/archive.zip")
    let images = try plainCatalog.load(
      DataSetRequest("az-letters", path: "\(folder.path)/az", imageSize: 16))
    #expect(images.origin == path && images.numbers == [0, 255])
    #expect(images.classes == ["Z", "A"] && images.classNames.count == 26)
    // A label beyond the letters is none.
    let wrong = try folder.write(
      table(header: false, labelAt: 0, labels: ["26"]), as: "wrong.csv")
    #expect(
      throws: FileError(wrong, "labels image 0 with class 26; expected 0 to 25")
    ) { try plainCatalog.load(DataSetRequest("az-letters", path: wrong, imageSize: 16)) }
  }

  private func npy(_ count: Int, from first: Int) -> [UInt8] {
    NPYBytes.file(
      "|u1", [count, 16, 16],
      values: (0..<count).flatMap { [UInt8](repeating: UInt8(first + $0), count: 256) })
  }

  @Test("an npz file with x_train and x_test has parts")
  func npzParts() throws {
    let path = "\(folder.path)/mnist.npz"
    try ZipBytes.write(
      [
        ("x_train.npy", npy(3, from: 2)), ("x_test.npy", npy(1, from: 9)),
        ("y_train.npy", NPYBytes.file("|u1", [3], values: [2, 0, 1])),
        ("y_test.npy", NPYBytes.file("|u1", [1], values: [1])),
      ], to: path)
    let training = try load(path)
    #expect(training.split == .train && training.numbers == [2, 3, 4])
    #expect(training.labels == [2, 0, 1] && training.classNames == ["0", "1", "2"])
    let held = try load(path, split: .test)
    #expect(held.split == .test && held.numbers == [9] && held.labels == [1])
  }

  @Test("labels without images are no data set")
  func onlyLabels() throws {
    let npz = "\(folder.path)/labels.npz"
    try ZipBytes.write([("y.npy", NPYBytes.file("|u1", [3], values: [2, 0, 1]))], to: npz)
    #expect(throws: FileError.self) { try load(npz) }
    let idx = try folder.write(IDXBytes.labels([1, 2]), as: "labels-idx1-ubyte")
    #expect(throws: FileError.self) { try load(idx) }
    try folder.write(IDXBytes.labels([1, 2]), as: "mnist/train-labels-idx1-ubyte")
    #expect(throws: FileError.self) {
      try plainCatalog.load(DataSetRequest("mnist", path: "\(folder.path)/mnist"))
    }
  }

  @Test("what is nothing of the kind is refused with what is read")
  func others() throws {
    for (name, bytes, problem) in [
      ("empty", [], "is empty; expected images"),
      (
        "model.bin", [1, 2, 3],
        "is of an unknown format; expected a folder or archive (.zip, .tar, .tar.gz) of images, "
          + "or an IDX, CSV, npy or npz file"
      ),
      (
        "one.png", try Image.numbered(1),
        "is a PNG image; expected many, pass the folder it is in"
      ),
    ] {
      let path = try folder.write(bytes, as: name)
      #expect(throws: FileError(path, problem)) { try load(path) }
    }
    try folder.write([1], as: "texts/1.txt")
    #expect(
      throws: FileError(
        "\(folder.path)/texts",
        "holds no images; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM files")
    ) { try load("\(folder.path)/texts") }
  }

  @Test("black and white arrays are kept as bits and give the same bytes")
  func bits() throws {
    var random = RandomSequence(state: 5)
    let values = (0..<7 * 256).map { _ in UInt8(random.number(below: 4) / 3) }
    let bits = try folder.write(NPYBytes.file("|u1", [7, 16, 16], values: values), as: "b.npy")
    let bytes = try folder.write(
      NPYBytes.file("|u1", [7, 16, 16], values: values.map { 255 * $0 }), as: "a.npy")
    let images = try load(bits)
    #expect(images.bytes == values.map { 255 * $0 })
    #expect(try load(bytes).bytes == images.bytes)
    // In any order, and from the middle of the set.
    #expect(images.image(6) == values.suffix(256).map { 255 * $0 })
    let cache = PreparedCache(folder: "\(folder.path)/cache")
    let catalog = DataSetCatalog(roots: DataRoots(folders: []), cache: cache)
    for path in [bits, bytes] {
      for _ in 0..<2 {
        #expect(try catalog.load(DataSetRequest(path, imageSize: 16)).bytes == images.bytes)
      }
    }
    let sizes = cache.entries().map(\.byteCount)
    // 7 images of 32 bytes against 7 of 256, and a header each.
    #expect(sizes.count == 2 && sizes[0] - sizes[1] > 1400)
  }
}
