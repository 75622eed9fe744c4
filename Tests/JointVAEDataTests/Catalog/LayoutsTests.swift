import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

/// Files as people have them, each built here in small: counts, classes, labels and a few pixels are asserted.
@Suite("Layouts of files as they are downloaded")
struct LayoutsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func load(
    _ name: String, as known: String? = nil, _ split: DataSplit? = nil,
    change: (inout DataSetRequest) -> Void = { _ in }
  ) throws -> LabeledImages {
    let path = folder.path + (name.isEmpty ? "" : "/\(name)")
    var request =
      known.map { DataSetRequest($0, path: path, split: split, imageSize: 16) }
      ?? DataSetRequest(path, split: split, imageSize: 16)
    change(&request)
    return try plainCatalog.load(request)
  }

  /// `count` images of 16x16 pixels, numbered from `first`.
  private func idx(_ count: Int, from first: Int = 0) -> [UInt8] {
    IDXBytes.file(
      magic: 0x803, lengths: [UInt32(count), 16, 16],
      values: (0..<count).flatMap { [UInt8](repeating: UInt8(first + $0), count: 256) })
  }

  /// Labels as QMNIST has them: eight numbers an image.
  private func numbers(_ labels: [UInt8]) -> [UInt8] {
    IDXBytes.file(
      magic: 0xc02, lengths: [UInt32(labels.count), 8],
      values: labels.flatMap { [0, 0, 0, $0] + [UInt8](repeating: 1, count: 28) })
  }

  private func npy(_ count: Int, from first: Int = 0) -> [UInt8] {
    NPYBytes.file(
      "|u1", [count, 256],
      values: (0..<count).flatMap { [UInt8](repeating: UInt8(first + $0), count: 256) })
  }

  private func npy(labels: [UInt8]) -> [UInt8] {
    NPYBytes.file("|u1", [labels.count], values: labels)
  }

  /// A table of numbered images.
  private func table(_ labels: [Int], from first: Int = 0, header: Bool = true) -> [UInt8] {
    let names = (["label"] + (1...256).map { "pixel\($0)" }).joined(separator: ",") + "\n"
    let rows = labels.enumerated().map { number, label in
      "\(label)," + (0..<256).map { _ in "\(first + number)" }.joined(separator: ",") + "\n"
    }
    return Array(((header ? names : "") + rows.joined()).utf8)
  }

  // MARK: IDX

  @Test(
    "IDX files in folders and archives, under every name they have",
    arguments: [
      (
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte"
      ),
      (
        "MNIST/raw/train-images-idx3-ubyte.gz", "MNIST/raw/train-labels-idx1-ubyte.gz",
        "MNIST/raw/t10k-images-idx3-ubyte.gz", "MNIST/raw/t10k-labels-idx1-ubyte.gz"
      ),
      (
        "train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte",
        "t10k-labels.idx1-ubyte"
      ),
      (
        "gzip/emnist-letters-train-images-idx3-ubyte.gz",
        "gzip/emnist-letters-train-labels-idx1-ubyte.gz",
        "gzip/emnist-letters-test-images-idx3-ubyte.gz",
        "gzip/emnist-letters-test-labels-idx1-ubyte.gz"
      ),
      (
        "qmnist-train-images-idx3-ubyte.gz", "qmnist-train-labels-idx2-int.gz",
        "qmnist-test-images-idx3-ubyte.gz", "qmnist-test-labels-idx2-int.gz"
      ),
    ])
  func idxNames(names: (String, String, String, String)) throws {
    func packed(_ bytes: [UInt8], _ name: String) throws -> [UInt8] {
      name.hasSuffix(".gz") ? try gzipped(bytes) : bytes
    }
    func labels(_ labels: [UInt8], _ name: String) -> [UInt8] {
      name.contains("idx2") ? numbers(labels) : IDXBytes.labels(labels)
    }
    let files = try [
      (names.0, packed(idx(3), names.0)), (names.1, packed(labels([2, 0, 1], names.1), names.1)),
      (names.2, packed(idx(2, from: 9), names.2)),
      (names.3, packed(labels([1, 0], names.3), names.3)),
    ]
    for (name, bytes) in files + [("readme.txt", Array("hello".utf8))] {
      try folder.write(bytes, as: "set/\(name)")
    }
    try ZipBytes.write(
      files.map { (name: "top/\($0.0)", bytes: $0.1) }
        + [("__MACOSX/top/._" + names.0, [1, 2, 3])], to: "\(folder.path)/set.zip")
    var tar = TarBytes()
    for (name, bytes) in files { tar.add(name, bytes) }
    try folder.write(gzipped(tar.complete), as: "set.tar.gz")
    for path in ["set", "set.zip", "set.tar.gz"] {
      let training = try load(path)
      #expect(training.numbers == [0, 1, 2] && training.labels == [2, 0, 1], "\(path)")
      #expect(training.split == .train && training.classNames == ["0", "1", "2"], "\(path)")
      let held = try load(path, .test)
      #expect(held.numbers == [9, 10] && held.classes == ["1", "0"], "\(path)")
    }
    let inside = try load("set.zip/top/\(names.2)")
    #expect(inside.numbers == [9, 10] && inside.classes == ["1", "0"] && inside.split == nil)
    // The path of a file alone leads to its labels, too.
    let one = try load("set/\(names.0)")
    #expect(one.labels == [2, 0, 1] && one.split == nil)
  }

  @Test("the same IDX file packed and unpacked, or twice, counts once")
  func copies() throws {
    for (name, bytes) in [
      ("train-images-idx3-ubyte", idx(3)), ("train-labels-idx1-ubyte", IDXBytes.labels([2, 0, 1])),
    ] {
      try folder.write(bytes, as: "set/\(name)")
      try folder.write(gzipped(bytes), as: "set/\(name).gz")
      try folder.write(
        bytes, as: "set/\(name)/\(name)/\(name)".replacing("set/\(name)", with: "set/x"))
    }
    #expect(try load("set", as: "mnist").classes == ["2", "0", "1"])
    // Others of the same name are asked for.
    try folder.write(idx(4), as: "set/y/train-images-idx3-ubyte")
    #expect(throws: FileError.self) { try load("set", as: "mnist") }
  }

  @Test("EMNIST's sets are told apart by name, stand upright, and count from their first label")
  func emnist() throws {
    // An image that differs from its mirror image: the first row is white.
    let image = (0..<256).map { UInt8($0 < 16 ? 255 : 0) }
    let images = IDXBytes.file(magic: 0x803, lengths: [2, 16, 16], values: image + image)
    for (set, labels) in [("letters", [1, 26]), ("digits", [0, 9]), ("byclass", [10, 61])] {
      for (name, bytes) in [
        ("images-idx3-ubyte", images),
        ("labels-idx1-ubyte", IDXBytes.labels(labels.map(UInt8.init))),
      ] {
        try folder.write(gzipped(bytes), as: "set/gzip/emnist-\(set)-train-\(name).gz")
      }
    }
    let letters = try load("set", as: "emnist-letters")
    #expect(letters.classes == ["A", "Z"] && letters.classNames.count == 26)
    let column = (0..<256).map { UInt8($0 % 16 == 0 ? 255 : 0) }
    #expect(letters.image(0) == column)
    #expect(try load("set", as: "emnist-digits").classes == ["0", "9"])
    #expect(try load("set", as: "emnist-byclass").classes == ["A", "z"])
    #expect(throws: FileError.self) { try load("set", as: "emnist-balanced") }
    try folder.write(images, as: "digits/emnist-digits-train-images-idx3-ubyte")
    try folder.write(
      IDXBytes.labels([1, 2]), as: "digits/emnist-digits-train-labels-idx1-ubyte")
    #expect(try load("digits", as: "emnist-digits").classes == ["1", "2"])
    #expect(throws: FileError.self) { try load("digits", as: "emnist-letters") }
    #expect(throws: FileError.self) { try load("set") }
    // Alone, without a name, they lie as they are in the file, unless that is asked for.
    let path = "set/gzip/emnist-letters-train-images-idx3-ubyte.gz"
    #expect(try load(path).image(0) == image)
    #expect(try load(path) { $0.preparation.isTransposed = true }.image(0) == column)
    // Images in files of their own are turned where it is asked for.
    try folder.write(
      Image(width: 16, height: 16, channels: 1, pixels: image).pngBytes(), as: "png/1.png")
    #expect(try load("png").image(0) == image)
    #expect(try load("png") { $0.preparation.isTransposed = true }.image(0) == column)
  }

  // MARK: Overviews

  @Test("a named set takes its own kind of file; a few pictures beside tables or arrays are named")
  func overviews() throws {
    let picture = try Image.numbered(50)
    let latents = NPYBytes.file(
      "<f8", [2, 6],
      values: NPYBytes.bytes([
        1.0, 1, 0.5, 0, 0, 0, 1, 3, 1, 0, 1, 1,
      ]))
    try folder.write([], as: "clone/empty")
    try ZipBytes.write(
      [("imgs.npy", npy(2, from: 4)), ("latents_values.npy", latents)],
      to: "\(folder.path)/dsprites_ndarray.npz")
    try folder.write(picture, as: "clone/dsprites.gif")
    try folder.write(Array("about".utf8), as: "clone/README.md")
    try ZipBytes.write(
      [("imgs.npy", npy(2, from: 4)), ("latents_values.npy", latents)],
      to: "\(folder.path)/clone/dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz")
    for known in ["dsprites", nil] {
      let images = try load("clone", as: known)
      #expect(images.numbers == [4, 5] && images.classes == ["square", "heart"])
      #expect(
        images.preparation?.remarks == [
          "Left out 1 image beside dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz: dsprites.gif."
        ])
    }
    let sign: [(name: String, bytes: [UInt8])] = [
      ("amer_sign2.png", picture), ("amer_sign3.png", picture),
      ("american_sign_language.PNG", picture), ("sign_mnist_test.csv", table([3, 0], from: 9)),
      ("sign_mnist_test/sign_mnist_test.csv", table([3, 0], from: 9)),
      ("sign_mnist_train.csv", table([2, 0, 1])),
      ("sign_mnist_train/sign_mnist_train.csv", table([2, 0, 1])),
    ]
    try ZipBytes.write(sign, to: "\(folder.path)/sign.zip")
    let training = try load("sign.zip")
    #expect(training.numbers == [0, 1, 2] && training.labels == [2, 0, 1])
    #expect(
      training.preparation?.remarks == [
        "Left out 3 images beside the tables: amer_sign2.png, amer_sign3.png, "
          + "american_sign_language.PNG.",
        "Left out a copy of the same table: sign_mnist_train/sign_mnist_train.csv.",
      ])
    #expect(try load("sign.zip", .test).numbers == [9, 10])
    // One of them by its path inside the archive.
    let one = try load("sign.zip/sign_mnist_test.csv")
    #expect(one.numbers == [9, 10] && one.split == nil)
    #expect(throws: FileError.self) { try load("sign.zip/nothing.csv") }
    #expect(try load("sign.zip/sign_mnist_train").numbers == [0, 1, 2])
  }

  @Test("many pictures beside a table of images are a choice that is asked for")
  func manyPictures() throws {
    for number in 0..<30 { try folder.write(Image.numbered(number), as: "set/img/\(number).png") }
    try folder.write(table([2, 0, 1]), as: "set/train.csv")
    #expect(throws: FileError.self) { try load("set") }
    #expect(try load("set/img").count == 30)
    #expect(try load("set/train.csv").count == 3)
    // A table of something else is no choice.
    try folder.write(Array("a,b\n1,2\n3,4\n".utf8), as: "other/notes.csv")
    for number in 0..<3 { try folder.write(Image.numbered(number), as: "other/\(number).png") }
    let images = try load("other")
    #expect(images.numbers == [0, 1, 2])
    #expect(images.preparation?.skippedFiles == ["notes.csv: is no image"])
  }

  // MARK: Tables

  @Test(
    "tables of train and test, beside each other, in folders and archives",
    arguments: [
      ("mnist_train.csv", "mnist_test.csv"), ("train.csv", "test.csv"),
      ("optdigits.tra", "optdigits.tes"), ("train/data.csv", "TEST/data.csv"),
      ("emnist-letters-train.csv", "emnist-letters-test.csv"),
    ])
  func tables(train: String, test: String) throws {
    let files = [(train, table([2, 0, 1])), (test, table([1, 0], from: 9))]
    for (name, bytes) in files { try folder.write(bytes, as: "set/\(name)") }
    try ZipBytes.write(files.map { (name: $0.0, bytes: $0.1) }, to: "\(folder.path)/set.zip")
    for path in ["set", "set.zip"] {
      #expect(try load(path).classes == ["2", "0", "1"])
      let held = try load(path, .test)
      #expect(held.numbers == [9, 10] && held.classes == ["1", "0"] && held.split == .test)
    }
  }

  @Test("the same table twice, as Kaggle packs the letters, is one; two that differ are asked for")
  func twice() throws {
    let letters = table([25, 0], header: false)
    try ZipBytes.write(
      [
        ("A_Z Handwritten Data.csv", letters),
        ("A_Z Handwritten Data/A_Z Handwritten Data.csv", letters),
      ], to: "\(folder.path)/az.zip")
    #expect(try load("az.zip", as: "az-letters").classes == ["Z", "A"])
    try folder.write(table([1, 0]), as: "two/a.csv")
    try folder.write(table([1, 1]), as: "two/b.csv")
    #expect(throws: FileError.self) { try load("two") }
    #expect(try load("two") { $0.path = "\(folder.path)/two/b.csv" }.labels == [1, 1])
  }

  @Test("labels in a table of their own")
  func labelColumn() throws {
    let rows = (0..<3).map { number in
      (0..<256).map { _ in "\(number)" }.joined(separator: ",") + "\n"
    }
    for (images, labels) in [
      ("X_train.csv", "y_train.csv"), ("train_images.csv", "train_labels.csv"),
    ] {
      try folder.write(Array(rows.joined().utf8), as: "\(images)/\(images)")
      try folder.write(Array("b\na\nb\n".utf8), as: "\(images)/\(labels)")
      let found = try load(images)
      #expect(found.numbers == [0, 1, 2] && found.classes == ["b", "a", "b"])
    }
    try folder.write(Array("b\na\n".utf8), as: "X_train.csv/y_train.csv")
    #expect(throws: FileError.self) { try load("X_train.csv") }
  }

  // MARK: Arrays

  @Test(
    "pairs of arrays by the names they have",
    arguments: [
      ("X_train.npy", "y_train.npy"), ("x_train.npy", "y_train.npy"),
      ("train_images.npy", "train_labels.npy"), ("X.npy", "Y.npy"), ("images.npy", "labels.npy"),
      ("data.npy", "target.npy"), ("train/images.npy", "train/labels.npy"),
    ])
  func pairs(images: String, labels: String) throws {
    let files = [(images, npy(3)), (labels, npy(labels: [2, 0, 1]))]
    for (name, bytes) in files { try folder.write(bytes, as: "set/\(name)") }
    try ZipBytes.write(
      files.map { (name: "top/\($0.0)", bytes: $0.1) }, to: "\(folder.path)/set.zip")
    for path in ["set", "set.zip"] {
      let found = try load(path)
      #expect(found.numbers == [0, 1, 2] && found.labels == [2, 0, 1], "\(path)")
    }
    if !images.contains("train_images") {
      #expect(try load("set/\(images)").labels == [2, 0, 1])
    }
  }

  @Test("npz files of scikit-learn, MedMNIST and numpy.savez without names")
  func npz() throws {
    let path = "\(folder.path)/a.npz"
    try ZipBytes.write([("data.npy", npy(2)), ("target.npy", npy(labels: [1, 0]))], to: path)
    #expect(try load("a.npz").labels == [1, 0])
    try ZipBytes.write([("arr_0.npy", npy(2)), ("arr_1.npy", npy(labels: [1, 0]))], to: path)
    #expect(try load("a.npz").labels == [1, 0])
    let column = NPYBytes.file("|u1", [2, 1], values: [1, 0])
    try ZipBytes.write(
      [
        ("train_images.npy", npy(2, from: 3)), ("train_labels.npy", column),
        ("val_images.npy", npy(2, from: 5)),
        ("val_labels.npy", column), ("test_images.npy", npy(2, from: 9)),
        ("test_labels.npy", column),
      ], to: path)
    #expect(try load("a.npz").numbers == [3, 4])
    let held = try load("a.npz", .test)
    #expect(held.numbers == [9, 10] && held.labels == [1, 0])
  }

  @Test("an array a class, as those of Quick, Draw!")
  func quickDraw() throws {
    try folder.write(npy(2, from: 3), as: "a/full_numpy_bitmap_cat.npy")
    try folder.write(npy(1, from: 7), as: "a/full_numpy_bitmap_the Eiffel Tower.npy")
    let images = try load("a")
    #expect(images.classNames == ["cat", "the Eiffel Tower"])
    #expect(images.classes == ["cat", "cat", "the Eiffel Tower"] && images.numbers == [3, 4, 7])
    try folder.write(npy(2), as: "b/cat.npy")
    try folder.write(npy(1), as: "b/bat.npy")
    #expect(try load("b").classes == ["bat", "cat", "cat"])
  }

  // MARK: Tables of files

  @Test(
    "a table names the classes of images in one folder",
    arguments: [
      "filename,label\n0.png,cat\n1.png,dog\n2.png,cat\n",
      "id,class\r\n0,cat\r\n1,dog\r\n2,cat\r\n",
      "\"label\";\"file\"\n\"cat\";\"img/0.png\"\n\"dog\";\"img/1.png\"\n\"cat\";\"img/2.png\"\n",
      "path,species\n./img/0.png,cat\nimg\\1.png,dog\nimg/2.png,cat\n",
      "image,cat,dog\n0,1.0,0.0\n1,0.0,1.0\n2,1.0,0.0\n",
      "0.png,cat\n1.png,dog\n2.png,cat\n",
      "image_id,width,height,label\n2.png,16,16,cat\n1.png,16,16,dog\n0.png,16,16,cat\n",
    ])
  func labelTable(text: String) throws {
    for number in 0..<3 { try folder.write(Image.numbered(number), as: "img/\(number).png") }
    try folder.write(Array(text.utf8), as: "labels.csv")
    let images = try load("")
    #expect(images.numbers == [0, 1, 2])
    #expect(images.classNames == ["cat", "dog"] && images.classes == ["cat", "dog", "cat"])
    #expect(try load("") { $0.labelColumn = "none" }.labels == nil)
  }

  @Test("a table without a column of labels is asked about; folders and tables that differ, too")
  func doubtfulTable() throws {
    for number in 0..<3 { try folder.write(Image.numbered(number), as: "img/\(number).png") }
    try folder.write(
      Array("file,age,town\n0.png,3,Ulm\n1.png,4,Bonn\n2.png,3,Ulm\n".utf8), as: "people.csv")
    let images = try load("")
    #expect(images.labels == nil && images.preparation?.remarks.count == 1)
    #expect(try load("") { $0.labelColumn = "town" }.classes == ["Ulm", "Bonn", "Ulm"])
    let other = try TemporaryFolder()
    try other.writeNumbered(["a/0.png", "b/1.png"])
    try other.write(Array("file,label\n0.png,x\n1.png,y\n".utf8), as: "labels.csv")
    #expect(throws: FileError.self) { try plainCatalog.load(DataSetRequest(other.path)) }
    var request = DataSetRequest(other.path)
    request.labelColumn = "label"
    #expect(try plainCatalog.load(request).classes == ["x", "y"])
    request.labelColumn = "none"
    #expect(try plainCatalog.load(request).classes == ["a", "b"])
  }
}
