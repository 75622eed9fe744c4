import Foundation
import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("An empty folder among folders of images is named")
struct EmptyFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
  }

  private func load(_ name: String? = nil) throws -> LabeledImages {
    try plainCatalog.load(
      name.map { DataSetRequest($0, path: folder.path) } ?? DataSetRequest(folder.path))
  }

  @Test(
    "as a class, the only class but one, a class of a part, and a part",
    arguments: [
      (["cat/1.png", "dog/1.png"], "bird"), (["cat/1.png"], "bird"),
      (["train/cat/1.png", "test/cat/1.png", "train/dog/1.png"], "test/dog"),
      (["train/cat/1.png", "train/dog/1.png"], "test"), (["set/cat/1.png"], "set/dog/deeper"),
    ])
  func refused(images: [String], empty: String) throws {
    try folder.writeNumbered(images)
    try makeFolder(empty)
    // What only a system put there is nothing.
    try folder.write([1], as: "\(empty)/.DS_Store")
    let named = empty.replacing("/deeper", with: "")
    #expect(
      throws: FileError(
        "\(folder.path)/\(named)",
        "is empty, beside folders of images; put its images there, or remove it")
    ) { try load() }
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(named)")
    #expect(try load().count > 0)
  }

  @Test("but not where no class can be: beside images, below a class, hidden, or without classes")
  func allowed() throws {
    try folder.writeNumbered(["cat/1.png", "dog/old/1.png"])
    try folder.write(Array("cats and dogs".utf8), as: "notes/readme.png.txt")
    for name in ["cat/new", "dog/old/new", ".trash", "__MACOSX"] { try makeFolder(name) }
    #expect(try load().classes == ["cat", "dog"])
    try makeFolder("chair")
    #expect(try load("chairs").count == 2)
    let flat = try TemporaryFolder()
    try flat.writeNumbered(["1.png"])
    try FileManager.default.createDirectory(
      atPath: "\(flat.path)/new", withIntermediateDirectories: true)
    #expect(try plainCatalog.load(DataSetRequest(flat.path)).count == 1)
  }

  @Test("and math-symbols' folders that are left out anyway may be empty")
  func skipped() throws {
    try folder.writeNumbered(["train/plus/1.png", "train/0/1.png", "eval/plus val/1.png"])
    try makeFolder("train/number")
    #expect(try load("math-symbols").classes == ["0", "plus"])
  }
}
