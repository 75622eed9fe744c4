import JointVAEData
import JointVAEFiles
import Testing

/// The numbers in several files, or in files as people have them, which are of other scales than 0 to 255.
@Suite("Values in files as they are downloaded")
struct LayoutValuesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ name: String, as known: String? = nil, _ split: DataSplit? = nil,
    change: (inout DataSetRequest) -> Void = { _ in }
  ) throws -> LabeledImages {
    let path = "\(folder.path)/\(name)"
    var request =
      known.map { DataSetRequest($0, path: path, split: split, imageSize: 16) }
      ?? DataSetRequest(path, split: split, imageSize: 16)
    request.preparation.inversion = .off
    change(&request)
    return try plainCatalog.load(request)
  }

  /// Images of one number each.
  private func bytes(_ numbers: [UInt8]) -> [UInt8] {
    NPYBytes.file(
      "|u1", [numbers.count, 256],
      values: numbers.flatMap { [UInt8](repeating: $0, count: 256) })
  }

  private func fractions(_ numbers: [Float]) -> [UInt8] {
    NPYBytes.file(
      "<f4", [numbers.count, 256],
      values: NPYBytes.bytes(numbers.flatMap { [Float](repeating: $0, count: 256) }))
  }

  private func firstPixels(_ images: LabeledImages) -> [UInt8] {
    (0..<images.count).map { images.image($0)[0] }
  }

  // MARK: An array a class

  @Test("arrays of one type are on one scale, whatever each of them reaches to")
  func oneScale() throws {
    try folder.write(bytes([0, 1]), as: "a/cat.npy")
    try folder.write(bytes([7, 200]), as: "a/dog.npy")
    let images = try load("a")
    #expect(firstPixels(images) == [0, 1, 7, 200])
    #expect(images.classes == ["cat", "cat", "dog", "dog"])
    #expect(images.preparation?.values?.found == ValueRange(0, 200))
    #expect(images.preparation?.values?.scale == ValueRange(0, 255))
    // Of an array of black images nothing can be known.
    try folder.write(bytes([0]), as: "b/cat.npy")
    try folder.write(bytes([1, 0]), as: "b/dog.npy")
    #expect(try firstPixels(load("b")) == [0, 255, 0])
    try folder.write(fractions([0, 0.5]), as: "c/cat.npy")
    try folder.write(fractions([1, 0.2]), as: "c/dog.npy")
    #expect(try firstPixels(load("c")) == [0, 128, 255, 51])
  }

  @Test("arrays of two types, which may be on two scales, are asked about")
  func twoTypes() throws {
    try folder.write(fractions([0, 1]), as: "a/cat.npy")
    try folder.write(bytes([7, 200]), as: "a/dog.npy")
    let error = #expect(throws: FileError.self) { try load("a") }
    #expect(error?.path == "\(folder.path)/a/dog.npy" && error?.remedy == .giveValues)
    #expect(
      try firstPixels(load("a") { $0.preparation.values = ValueRange(0, 255) }) == [0, 1, 7, 200])
  }

  @Test("black and white that are given count for every array, and for images that are turned")
  func given() throws {
    try folder.write(fractions([-1, 1]), as: "a/cat.npy")
    try folder.write(fractions([0.5]), as: "a/dog.npy")
    let error = #expect(throws: FileError.self) { try load("a") }
    #expect(error?.remedy == .giveValues)
    func wide(_ request: inout DataSetRequest) {
      request.preparation.values = ValueRange(-1, 1)
      request.preparation.isTransposed = true
    }
    #expect(try firstPixels(load("a", change: wide)) == [0, 255, 191])
    let rows = NPYBytes.bytes((0..<256).map { Float($0 < 16 ? 1 : -1) })
    try folder.write(NPYBytes.file("<f4", [1, 16, 16], values: rows), as: "row.npy")
    let column = (0..<256).map { UInt8($0 % 16 == 0 ? 255 : 0) }
    #expect(try Array(load("row.npy", change: wide).image(0)) == column)
  }

  // MARK: Known tables

  /// Numbered images as UCI's table of digits has them: the label comes last.
  @Test("UCI's digits, 0 to 16, are read with the values that are given")
  func opticalDigits() throws {
    let rows = (0..<30).map { row in
      let pixels = (0..<64).map { [0, 7, 56, 63].contains($0) ? 0 : ($0 * 7 + row * 5) % 17 }
      return (pixels + [row * 7 % 10]).map(String.init).joined(separator: ",") + "\n"
    }
    for name in ["optdigits.tra", "optdigits.tes"] {
      try folder.write(Array(rows.joined().utf8), as: "set/\(name)")
    }
    let error = #expect(throws: FileError.self) { try load("set") }
    #expect(error?.problem.hasPrefix("holds values from 0 to 16") == true)
    #expect(error?.remedy == .giveValues)
    let images = try load("set") {
      $0.preparation.values = ValueRange(0, 16)
    }
    #expect(images.labels == (0..<30).map { $0 * 7 % 10 })
    #expect(images.preparation?.values?.found == ValueRange(0, 16))
  }

  @Test("USPS, whose numbers are -1 to 1 between spaces, is read as it is downloaded")
  func postalDigits() throws {
    func file(_ labels: [Int]) throws -> [UInt8] {
      let rows = labels.map { label in
        "\(label).0000 "
          + (0..<256).map { $0 < 16 ? "-1.000 " : $0 < 32 ? "0.500 " : "1.000 " }.joined() + "\n"
      }
      return try gzipped(Array(rows.joined().utf8))
    }
    try folder.write(file([6, 5]), as: "set/zip.train.gz")
    try folder.write(file([9]), as: "set/zip.test.gz")
    let training = try load("set", as: "usps")
    #expect(training.classes == ["6", "5"] && training.split == .train)
    #expect(training.image(1)[0] == 0 && training.image(1)[16] == 191)
    #expect(training.image(1)[255] == 255)
    #expect(try load("set", as: "usps", .test).classes == ["9"])
    // Others have scaled them to 0 to 1.
    let scaled = (0..<4).map { label in
      "\(label)," + (0..<256).map { _ in "0.5" }.joined(separator: ",") + "\n"
    }
    try folder.write(Array(scaled.joined().utf8), as: "usps.csv")
    #expect(try load("usps.csv", as: "usps").image(0)[0] == 128)
    // Under no name, the program asks.
    let error = #expect(throws: FileError.self) {
      try load("set") { $0.labelColumn = "first" }
    }
    #expect(error?.remedy == .giveValues)
  }

  @Test("tables of fractions have their labels found as others do")
  func fractionalTable() throws {
    let rows = (0..<30).map { row in
      let pixels = (0..<64).map { [0, 7, 56, 63].contains($0) ? 0 : ($0 * 7 + row * 5) % 17 }
      return (pixels.map { "\(Double($0) / 16)" } + ["\(row * 7 % 10)"]).joined(separator: ",")
        + "\n"
    }
    try folder.write(Array(rows.joined().utf8), as: "digits.csv")
    let images = try load("digits.csv")
    #expect(images.labels == (0..<30).map { $0 * 7 % 10 })
    #expect(images.preparation?.smallest.width == 8)
  }

  // MARK: Labels and images

  @Test("labels beside arrays may be texts")
  func textLabels() throws {
    try folder.write(bytes([3, 9]), as: "set/X_train.npy")
    let texts = ["dog", "cat"].flatMap { $0.unicodeScalars.map { $0.value.littleEndian } }
    try folder.write(
      NPYBytes.file("<U3", [2], values: NPYBytes.bytes(texts)), as: "set/y_train.npy")
    for path in ["set", "set/X_train.npy"] {
      #expect(try load(path).classes == ["dog", "cat"], "\(path)")
    }
  }

  @Test("images of every format count as images beside tables and arrays")
  func formats() throws {
    let picture = Array("P5 16 16 255\n".utf8) + [UInt8](repeating: 50, count: 256)
    try folder.write(bytes([3, 9]), as: "set/images.npy")
    // One is an image by its name, the other by its content.
    try folder.write(picture, as: "set/a.pgm")
    try folder.write(picture, as: "set/b")
    #expect(
      try load("set").preparation?.remarks == ["Left out 2 images beside the arrays: a.pgm, b."])
    for number in 0..<30 { try folder.write(picture, as: "many/\(number).ppm") }
    try folder.write(bytes([3, 9]), as: "many/images.npy")
    #expect(throws: FileError.self) { try load("many") }
    try folder.write(picture, as: "named/1.pgm")
    try folder.write(Array("file,label\n1.pgm,cat\n".utf8), as: "named/labels.csv")
    #expect(try load("named").classes == ["cat"])
  }

  @Test("a folder with nothing but files of other programs names one, and what to do")
  func foreign() throws {
    try folder.write(Array("MATLAB 5.0 MAT-file, made by hand".utf8), as: "set/digits.mat")
    try folder.write(Array("about".utf8), as: "set/README")
    let error = #expect(throws: FileError.self) { try load("set") }
    #expect(error?.path == "\(folder.path)/set/digits.mat")
    #expect(
      error?.problem.hasPrefix("is a MATLAB file; expected images: load it in Python") == true)
  }
}
