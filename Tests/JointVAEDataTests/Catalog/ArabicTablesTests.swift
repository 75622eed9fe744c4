import JointVAEData
import JointVAEFiles
import JointVAEImages
import TestSupport
import Testing

@Suite("The tables of Arabic letters")
struct ArabicTablesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Images as Kaggle's tables have them: a row an image, column by column.
  private func table(_ images: [[UInt8]], size: Int) -> [UInt8] {
    var text: [UInt8] = []
    for image in images {
      for place in 0..<size * size {
        text += "\(image[place % size * size + place / size])".utf8
        text.append(UInt8(ascii: place == size * size - 1 ? "\n" : ","))
      }
    }
    return text
  }

  private func write(_ images: LabeledImages, as part: String) throws {
    let all = (0..<images.count).map { images.image($0) }
    try folder.write(
      table(all, size: images.imageShape.height), as: "csv\(part)Images \(all.count)x1024.csv")
    let labels = (images.labels ?? []).map { "\($0 + 1)\n" }.joined()
    try folder.write(Array(labels.utf8), as: "csv\(part)Label \(all.count)x1.csv")
  }

  private func load(_ path: String, _ split: DataSplit) throws -> LabeledImages {
    try plainCatalog.load(DataSetRequest("arabic-characters", path: path, split: split))
  }

  @Test("give the pixels and labels of the images they were made of, in a folder and in a zip")
  func sameAsImages() throws {
    let source = try TemporaryFolder()
    for (part, labels) in [("train", [28, 1, 5]), ("test", [2, 2])] {
      for (number, label) in labels.enumerated() {
        let image = Image.noise(width: 32, height: 32, seed: UInt64(number + label))
        try source.write(
          image.pngBytes(), as: "\(part)/\(part)/id_\(number + 1)_label_\(label).png")
      }
    }
    for (split, part) in [(DataSplit.train, "Train"), (.test, "Test")] {
      try write(load(source.path, split), as: part)
    }
    let files = try fileNames(in: folder.path)
    let zip = "\(try TemporaryFolder().path).zip"
    try ZipBytes.write(
      files.map { ($0, try BoundedFile.read("\(folder.path)/\($0)", limit: 1 << 20)) }, to: zip)
    for path in [folder.path, zip] {
      for split in DataSplit.allCases {
        let (images, tables) = (try load(source.path, split), try load(path, split))
        #expect(tables.bytes == images.bytes)
        #expect(tables.labels == images.labels && tables.classNames == images.classNames)
        #expect(tables.split == split)
      }
    }
  }

  @Test(
    "made of the real images give the same pixels",
    .enabled(if: SharedFiles.data.has("arabic-characters"), "the data sets are not there"))
  func real() throws {
    let images = try load(SharedFiles.data.path("arabic-characters"), .test)
    try write(images, as: "Test")
    let tables = try load(folder.path, .test)
    #expect(tables.count == 3360)
    #expect(tables.fingerprint == images.fingerprint)
    #expect(tables.labels == images.labels)
  }

  @Test("are refused without labels, with too few or too many, and with what is none")
  func wrongLabels() throws {
    let image = [UInt8](repeating: 0, count: 1024)
    try folder.write(table([image, image], size: 32), as: "csvTrainImages 2x1024.csv")
    try folder.write([1], as: "other.csv")
    #expect(
      throws: FileError(
        folder.path,
        "holds \"csvTrainImages 2x1024.csv\", but no table of its labels; expected both in one place"
      )
    ) { try load(folder.path, .train) }
    let images = "\(folder.path)/csvTrainImages 2x1024.csv"
    let labels = "\(folder.path)/csvTrainLabel 2x1.csv"
    for (text, error) in [
      ("1\n", FileError(images, "holds more images than the 1 labels beside it")),
      ("1\n2\n3\n", FileError(images, "holds fewer images than the 3 labels beside it")),
      ("1\n0\n", FileError(labels, "has \"0\" in line 2; expected a class from 1")),
      ("1\nbeh\n", FileError(labels, "has \"beh\" in line 2; expected a class from 1")),
      ("1\n29\n", FileError(images, "labels image 1 with class 28; expected 0 to 27")),
    ] {
      try folder.write(Array(text.utf8), as: "csvTrainLabel 2x1.csv")
      #expect(throws: error) { try load(folder.path, .train) }
    }
    try folder.write(Array("1\r\n28\r\n".utf8), as: "csvTrainLabel 2x1.csv")
    #expect(try load(folder.path, .train).labels == [0, 27])
  }
}
