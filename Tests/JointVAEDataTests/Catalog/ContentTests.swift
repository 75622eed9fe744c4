import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("Files are read for what they hold, whatever their names")
struct ContentTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ path: String) throws -> LabeledImages {
    try plainCatalog.load(DataSetRequest(path, imageSize: 16))
  }

  private static let names = ["cat/1", "cat/2.data", "dog/3.csv", "readme"]

  /// Three images, none with the name of one, and a text.
  private func members() throws -> [(name: String, bytes: [UInt8])] {
    try Self.names.enumerated().map { number, name in
      (name, name == "readme" ? Array("no image".utf8) : try Image.numbered(number))
    }
  }

  private func expectCatsAndDog(_ images: LabeledImages, _ what: Comment) {
    #expect(images.numbers == [0, 1, 2], what)
    #expect(images.classes == ["cat", "cat", "dog"], what)
    #expect(images.preparation?.skippedFileCount == 1, what)
  }

  @Test("images without an ending or with a wrong one, in a folder and in every kind of archive")
  func images() throws {
    var tar = TarBytes()
    for (name, bytes) in try members() {
      try folder.write(bytes, as: "folder/\(name)")
      tar.add(name, bytes)
    }
    expectCatsAndDog(try load("\(folder.path)/folder"), "folder")
    let archives = try [
      folder.write(ZipBytes.archive(members(), in: folder.path), as: "zip"),
      folder.write(tar.complete, as: "tar"), folder.write(gzipped(tar.complete), as: "gzip"),
    ]
    for path in archives { expectCatsAndDog(try load(path), "\(path)") }
  }

  private let array = NPYBytes.file(
    "|u1", [2, 16, 16],
    values: [UInt8](repeating: 3, count: 256) + [UInt8](repeating: 4, count: 256))

  private let idx: [UInt8] = IDXBytes.file(
    magic: 0x803, lengths: [2, 16, 16],
    values: [UInt8](repeating: 3, count: 256) + [UInt8](repeating: 4, count: 256))

  @Test("an npy, an npz, an IDX file and a zip of images that are named as something else")
  func packed() throws {
    let npz = try ZipBytes.archive([("imgs", array), ("notes.npy.txt", [65])], in: folder.path)
    let zip = try ZipBytes.archive(
      [("a", Image.numbered(3)), ("b", Image.numbered(4))], in: folder.path)
    for (number, bytes) in try [array, gzipped(array), idx, gzipped(idx), npz, zip].enumerated() {
      for name in ["data", "data.png", "data.csv", "data.zip", "data.npy", "data.gz"] {
        let path = try folder.write(bytes, as: "\(number)/\(name)/\(name)")
        #expect(try load(path).numbers == [3, 4], "file \(number) as \(name)")
        // Alone in a folder, beside a text.
        try folder.write([65, 10], as: "\(number)/\(name)/about.txt")
        #expect(
          try load("\(folder.path)/\(number)/\(name)").numbers == [3, 4],
          "file \(number) as \(name) in a folder")
      }
    }
  }

  @Test("of several archives in a folder, the one that is named as data is taken")
  func documents() throws {
    let zip = try ZipBytes.archive([("x", [1, 2, 3])], in: folder.path)
    try folder.write(zip, as: "set/article.docx")
    try folder.write(array, as: "set/images.npy")
    #expect(try load("\(folder.path)/set").numbers == [3, 4])
  }

  @Test("a name counts where the content does not show what a file is")
  func names() throws {
    try folder.write([1, 2, 3], as: "set/broken.png")
    try folder.write(Image.numbered(7), as: "set/whole")
    let images = try load("\(folder.path)/set")
    #expect(images.numbers == [7])
    #expect(images.preparation?.brokenImageCount == 1)
  }

  // CSV has no bytes of its own to know it by: its name counts among other files, its content when it is read.

  private let table =
    (["3", "4"].map { value in
      (["0"] + [String](repeating: value, count: 256)).joined(separator: ",")
    }.joined(separator: "\n") + "\n")

  @Test("a table passed by its path is read whatever its name")
  func tableByPath() throws {
    for name in ["data", "data.png", "data.zip", "data.npy"] {
      let path = try folder.write(Array(table.utf8), as: "tables/\(name)")
      #expect(try load(path).numbers == [3, 4], "\(name)")
      let packed = try folder.write(gzipped(Array(table.utf8)), as: "tables/packed \(name)")
      #expect(try load(packed).numbers == [3, 4], "packed \(name)")
    }
  }

  @Test("beside other texts, and in an archive, the table is the text that is named as one")
  func tableByName() throws {
    try folder.write(Array(table.utf8), as: "set/images.csv")
    try folder.write(Array(table.utf8), as: "set/notes.txt")
    #expect(try load("\(folder.path)/set").numbers == [3, 4])
    let zip = try ZipBytes.archive(
      [("images.csv", Array(table.utf8)), ("notes.txt", [65])], in: folder.path)
    #expect(try load(folder.write(zip, as: "table.zip")).numbers == [3, 4])
  }

  @Test("what is named as a table and is not text is refused, and a text that is no table")
  func noTable() throws {
    let bytes = try folder.write([1, 2, 3, 4], as: "bytes.csv")
    let error = #expect(throws: FileError.self) { try load(bytes) }
    #expect(error?.description.contains("is of an unknown format") == true)
    let text = try folder.write(Array("three little pigs\n".utf8), as: "text.csv")
    #expect(throws: FileError.self) { try load(text) }
  }

  @Test("a page of the web in place of a data file is refused by what it is")
  func page() throws {
    let page = Array("<!DOCTYPE html>\n<html><body>404</body></html>\n".utf8)
    for name in ["data.gz", "data.csv", "data.npy", "data.zip", "data"] {
      let path = try folder.write(page, as: "pages/\(name)/\(name)")
      let error = #expect(throws: FileError.self) { try load(path) }
      #expect(error?.description.hasPrefix("\(path): is an HTML page; expected a folder") == true)
    }
    let path = "\(folder.path)/pages/data.csv"
    let error = #expect(throws: FileError.self) { try load(path) }
    #expect(error?.description.hasPrefix("\(path)/data.csv: is an HTML page;") == true)
    try folder.write(page, as: "mnist/train-images-idx3-ubyte.gz")
    try folder.write(IDXBytes.labels([1]), as: "mnist/train-labels-idx1-ubyte")
    #expect(
      throws: FileError(
        "\(folder.path)/mnist/train-images-idx3-ubyte.gz",
        "is an HTML page; expected an IDX file of images: download it again")
    ) { try load("\(folder.path)/mnist") }
    let zip = try ZipBytes.archive([("images.csv", page)], in: folder.path)
    let archive = try folder.write(zip, as: "page.zip")
    #expect(
      throws: FileError(
        "\(archive)/images.csv", "is an HTML page; expected a table (CSV): download it again")
    ) { try load(archive) }
  }

  @Test("an image by the name of another format is decoded by its content")
  func misnamedImages() throws {
    let png = try Image.numbered(5)
    for name in ["a.jpg", "a.gif", "a.webp", "a.tif"] {
      try folder.write(png, as: "images/\(name)")
    }
    #expect(try load("\(folder.path)/images").numbers == [5, 5, 5, 5])
  }
}
