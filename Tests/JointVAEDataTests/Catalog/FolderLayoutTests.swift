import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("Names of folders say parts and classes")
struct FolderLayoutTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ split: DataSplit? = nil, as known: String? = nil, below name: String = ""
  ) throws -> LabeledImages {
    let path = folder.path + name
    return try plainCatalog.load(
      known.map { DataSetRequest($0, path: path, split: split) }
        ?? DataSetRequest(path, split: split))
  }

  @Test("class folders, in natural order of their names, whatever lies above them")
  func classes() throws {
    try folder.writeNumbered([
      "data/all/10/a.png", "data/all/9/b.PNG", "data/all/9/deeper/c.png", "data/all/zoo/d.png",
    ])
    let images = try load()
    #expect(images.classNames == ["9", "10", "zoo"])
    #expect(images.numbers == [1, 2, 0, 3])
    #expect(images.classes == ["9", "9", "10", "zoo"])
    #expect(images.part == "all" && images.split == nil)
    #expect(images.name == folder.path && images.origin == folder.path)
  }

  @Test("images of no folder, or all of the same one, have no classes", arguments: ["", "photos/"])
  func flat(above: String) throws {
    try folder.writeNumbered(["10.png", "9.png", "1.png"].map { above + $0 })
    let images = try load()
    #expect(images.labels == nil && images.classNames == [])
    #expect(images.numbers == [2, 1, 0])
  }

  @Test(
    "parts are told by every spelling people use",
    arguments: [
      ("train", "test"), ("Training", "Testing"), ("TRAIN", "eval"), ("train", "evaluation"),
      ("train", "val"), ("train", "valid"), ("train", "validation"), ("train", "dev"),
      ("Train Images 13440x32x32", "Test Images 3360x32x32"), ("train_64", "test-64"),
      ("seg_train/seg_train", "seg_test/seg_test"), ("asl_alphabet_train", "asl_alphabet_test"),
      ("seg-train", "seg-test"), ("seg train", "seg test"), ("TrainImages", "TestImages"),
      ("Train/Train", "TEST"), ("training_set/training_set", "test_set/test_set"),
      ("train/images", "test"), ("trainset", "testset"),
    ])
  func parts(train: String, test: String) throws {
    try folder.writeNumbered([
      "set/\(train)/cat/1.png", "set/\(train)/dog/1.png", "set/\(test)/dog/1.png",
    ])
    let training = try load()
    #expect(training.numbers == [0, 1] && training.split == .train)
    #expect(training.classes == ["cat", "dog"])
    let held = try load(.test)
    #expect(held.numbers == [2] && held.split == .test)
    // The classes are those of the whole set, so that numbers mean the same in both parts.
    #expect(held.classNames == ["cat", "dog"] && held.labels == [1])
  }

  @Test("a part that is doubled in one place alone has the same classes")
  func doubledPart() throws {
    try folder.writeNumbered([
      "seg_train/seg_train/sea/1.png", "seg_train/seg_train/street/1.png", "seg_test/sea/1.png",
      "seg_test/street/1.png", "seg_pred/seg_pred/1.png", "overview.png",
    ])
    let training = try load()
    #expect(training.numbers == [0, 1] && training.classNames == ["sea", "street"])
    #expect(try load(.test).classes == ["sea", "street"])
    #expect(
      training.preparation?.remarks == [
        "Left out 2 images beside the folders of train and test: overview.png, "
          + "seg_pred/seg_pred/1.png."
      ])
  }

  @Test("names of classes keep words that parts have, too")
  func partWordsInClasses() throws {
    try folder.writeNumbered([
      "covid/1.png", "covid test/1.png", "bullet/1.png", "bullet train/1.png",
      "train station/1.png",
    ])
    let images = try load()
    #expect(images.split == nil)
    #expect(
      images.classNames == ["bullet", "bullet train", "covid", "covid test", "train station"])
    let two = try TemporaryFolder()
    try two.writeNumbered(["covid test/1.png", "bullet train/1.png"])
    let other = try plainCatalog.load(DataSetRequest(two.path))
    #expect(other.split == nil && other.classNames == ["bullet train", "covid test"])
    let both = try TemporaryFolder()
    try both.writeNumbered([
      "train/covid/1.png", "train/covid test/1.png", "test/covid/1.png", "test/covid test/1.png",
    ])
    let parts = try plainCatalog.load(DataSetRequest(both.path, split: .test))
    #expect(parts.numbers == [0, 1] || parts.numbers == [2, 3])
    #expect(parts.classes == ["covid", "covid test"])
  }

  @Test("classes that have folders of parts are divided", arguments: [true, false])
  func partsBelowClasses(apart: Bool) throws {
    let names = [("cat", "train"), ("cat", "test"), ("dog", "train"), ("dog", "test")]
    try folder.writeNumbered(
      names.map { apart ? "set/\($0)/\($1)/1.png" : "set/\($0)_\($1)/1.png" })
    let training = try load(.train)
    #expect(training.numbers == [0, 2] && training.classes == ["cat", "dog"])
    let held = try load(.test)
    #expect(held.numbers == [1, 3] && held.classes == ["cat", "dog"])
  }

  @Test("classes are told apart by every byte of their names")
  func similarNames() throws {
    // The last two are the two ways of Unicode to write an e with an accent.
    let names = ["A", "a", "É", "é", "e\u{301}"]
    try folder.writeNumbered(names.map { "\($0)/1.png" })
    let images = try load()
    #expect(images.classNames.map { Array($0.utf8) }.count == 5)
    #expect(images.classCounts == [1, 1, 1, 1, 1])
    let both = try plainCatalog.load(DataSetRequest("\(folder.path)+\(folder.path)"))
    #expect(both.classCounts == [2, 2, 2, 2, 2])
    for (number, name) in names.enumerated() {
      var request = DataSetRequest(folder.path)
      request.classes = [name]
      #expect(try plainCatalog.load(request).numbers == [number])
    }
  }

  @Test("of a known set two folders of one class are refused")
  func knownTwice() throws {
    try folder.writeNumbered(["circle/1.png", "Circle/1.png"])
    #expect(
      throws: FileError(
        folder.path,
        "has images of \"Circle\" and of \"circle\", which both name the class circle; rename one "
          + "of them, or pass the path without the data set's name")
    ) { try load(as: "four-shapes") }
  }

  @Test("words that only begin like a part's name are none")
  func noParts() throws {
    try folder.writeNumbered(["trainer/1.png", "testament/1.png", "values/1.png"])
    let images = try load()
    #expect(images.classNames == ["testament", "trainer", "values"])
    #expect(images.split == nil)
    #expect(
      throws: FileError(
        folder.path,
        "is not divided into train and test; take all of it, or hold images back for validation")
    ) { try load(.train) }
  }

  @Test("a single part is one, and there is no other")
  func onePart() throws {
    try folder.writeNumbered(["set/train/cat/1.png", "set/train/dog/1.png"])
    #expect(try load().split == .train)
    #expect(try load(.train).classes == ["cat", "dog"])
    #expect(throws: FileError(folder.path, "has no test part; it has train")) { try load(.test) }
    // A path may name the part itself.
    #expect(try load(below: "/set/train").classes == ["cat", "dog"])
  }

  @Test("a third part beside train and test is left out and named")
  func thirdPart() throws {
    try folder.writeNumbered(["train/a/1.png", "val/a/1.png", "val/b/1.png", "test/b/1.png"])
    let images = try load(.test)
    #expect(images.numbers == [3])
    #expect(
      images.preparation?.remarks == [
        "Left out the 2 images of val, which are neither to train nor to test; pass that folder by "
          + "itself to use them."
      ])
    #expect(try load(below: "/val").numbers == [1, 2])
  }

  @Test("of math-symbols the folders that repeat images are left out and named")
  func mathSymbols() throws {
    try folder.writeNumbered([
      "train/0/1.png", "train/plus/1.png", "train/number/1.png", "train/sign/1.png",
      "train/Original Number/1.png", "eval/0 val/1.png", "eval/plus val/1.png",
      "eval/other sign/1.png",
    ])
    let training = try load(as: "math-symbols")
    #expect(training.numbers == [0, 1] && training.classes == ["0", "plus"])
    #expect(
      training.preparation?.remarks == [
        "Left out folders that repeat images of others: Original Number (1), number (1), "
          + "other sign (1), sign (1)."
      ])
    let held = try load(.test, as: "math-symbols")
    #expect(held.numbers == [5, 6])
    // `plus val` of one part is `plus` of the other.
    #expect(held.classNames == ["0", "plus"] && held.classes == ["0", "plus"])
    // Of a user's own images nothing is left out.
    #expect(try load(below: "/train").classNames.count == 5)
  }

  @Test("images outside of class folders are left out and counted")
  func strays() throws {
    try folder.writeNumbered(["logo.png", "cat/1.png", "dog/1.png", "overview.jpg"])
    let images = try load()
    #expect(images.numbers == [1, 2])
    #expect(
      images.preparation?.remarks == [
        "Left out 2 images beside the folders of classes: logo.png, overview.jpg."
      ])
  }

  @Test("names of Arabic letters carry their label")
  func arabic() throws {
    try folder.writeNumbered([
      "Train Images 13440x32x32/train/id_2_label_28.png",
      "Train Images 13440x32x32/train/id_1_label_1.png",
      "Test Images 3360x32x32/test/id_1_label_3.png",
    ])
    let training = try load(as: "arabic-characters")
    #expect(training.classNames.count == 28)
    #expect(training.numbers == [1, 0] && training.classes == ["alef", "yeh"])
    #expect(try load(.test, as: "arabic-characters").classes == ["teh"])
  }

  @Test("tables beside images of Arabic letters are left out by name, and never as none")
  func arabicTables() throws {
    try folder.writeNumbered(["train/id_1_label_1.png", "train/id_2_label_3.png"])
    try folder.write([UInt8]("1,2,3\n4,5,6\n".utf8), as: "csvTrainImages.csv")
    let remarks = try load(as: "arabic-characters").preparation?.remarks ?? []
    #expect(
      remarks.filter { $0.contains("Left out") } == [
        "Left out tables of images beside the images: csvTrainImages.csv."
      ])
  }

  @Test("names of Arabic letters without a label, or with none there is, are refused")
  func arabicWithout() throws {
    try folder.writeNumbered(["train/id_1.png"])
    #expect(
      throws: FileError(
        "\(folder.path)/train/id_1.png",
        "has no label in its name; expected one such as id_7_label_28.png")
    ) { try load(as: "arabic-characters") }
    let other = try TemporaryFolder()
    try other.writeNumbered(["train/id_1_label_29.png", "test/id_1_label_99999999999999999999.png"])
    #expect(throws: FileError.self) {
      try plainCatalog.load(DataSetRequest("arabic-characters", path: other.path))
    }
  }

  @Test("a class that a known set does not have is refused")
  func unknownClass() throws {
    try folder.writeNumbered(["circle/1.png", "hexagon/1.png"])
    #expect(
      throws: FileError(
        folder.path,
        "has images of a class \"hexagon\"; expected circle, square, star, triangle")
    ) { try load(as: "four-shapes") }
  }

  @Test("chairs have no classes, whatever their folders")
  func chairs() throws {
    try folder.writeNumbered(["chair_1/a.png", "chair_2/a.png"])
    let images = try load(as: "chairs")
    #expect(images.labels == nil && images.numbers == [0, 1])
  }
}
