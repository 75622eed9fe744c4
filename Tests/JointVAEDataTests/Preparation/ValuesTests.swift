import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

/// The range of the numbers in files, which is never decided by the first ones alone.
@Suite("The values in files")
struct ValuesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What becomes of numbers in an array of images of 16x16 pixels, most of them `rest`.
  private func load(
    _ numbers: [Double], rest: Double = 0, as name: String = "a.npy", count: Int = 20,
    values: ValueRange? = nil
  ) throws -> LabeledImages {
    let all = numbers + [Double](repeating: rest, count: count * 256 - numbers.count)
    try folder.write(NPYBytes.file("<f8", [count, 16, 16], values: NPYBytes.bytes(all)), as: name)
    var request = DataSetRequest("\(folder.path)/\(name)", imageSize: 16)
    request.preparation.values = values
    request.preparation.inversion = .off
    return try plainCatalog.load(request)
  }

  private func pixels(_ images: LabeledImages, _ count: Int) -> [UInt8] {
    Array(images.image(0).prefix(count))
  }

  @Test(
    "other than 0 to 1 and 0 to 255 are refused, with their range and what to do",
    arguments: [
      ([0, 16], "0 to 16"), ([0, 2], "0 to 2"), ([0, 3], "0 to 3"), ([-1, 1], "-1 to 1"),
      ([-0.42, 2.8], "-0.42 to 2.8"), ([0, 4095], "0 to 4095"), ([0, 60], "0 to 60"),
      ([-128, 127], "-128 to 127"),
    ])
  func refused(_ numbers: [Double], _ range: String) {
    let error = #expect(throws: FileError.self) { try load(numbers) }
    #expect(error?.problem.hasPrefix("holds values from \(range)") == true)
    #expect(error?.problem.contains(" would spread them") == true)
    #expect(error?.remedy == .giveValues)
  }

  @Test("are spread from the black and white that are given")
  func given() throws {
    #expect(try pixels(load([0, 16, 8], values: ValueRange(0, 16)), 3) == [0, 255, 128])
    #expect(try pixels(load([-1, 1, 0.5], values: ValueRange(-1, 1)), 3) == [0, 255, 191])
    #expect(try pixels(load([0, 16, 8], values: ValueRange(0, 255)), 3) == [0, 16, 8])
    let error = #expect(throws: FileError.self) {
      try load([0, 16, 17], values: ValueRange(0, 16))
    }
    #expect(error?.problem.hasPrefix("holds values from 0 to 17; expected 0 to 16") == true)
  }

  @Test("of 0 to 1 and 0 to 255 are taken as they are")
  func usual() throws {
    #expect(try pixels(load([0, 1, 0.5]), 3) == [0, 255, 128])
    #expect(try pixels(load([0, 255, 100]), 3) == [0, 255, 100])
    let report = try load([0, 200]).preparation
    #expect(report?.values?.found == ValueRange(0, 200))
    #expect(report?.values?.areNarrow == false)
    #expect(try load([0, 100]).preparation?.values?.areNarrow == true)
    #expect(try load([0]).preparation?.values?.areEqual == true)
    // Fewer images say little about the rest of them.
    #expect(try load([0, 16], count: 19).preparation?.values?.areNarrow == true)
  }

  @Test("that only come late decide as well as those of the start")
  func late() throws {
    for (last, expected) in [(1.0, UInt8(255)), (255, 255), (100, 100)] {
      var values = [Float](repeating: 0, count: 1200 * 256)
      values[5] = 1
      values[values.count - 1] = Float(last)
      try folder.write(
        NPYBytes.file("<f4", [1200, 16, 16], values: NPYBytes.bytes(values)), as: "l.npy")
      let images = try plainCatalog.load(DataSetRequest("\(folder.path)/l.npy", imageSize: 16))
      #expect(images.image(1199)[255] == expected)
      #expect(images.image(0)[5] == (last == 1 ? 255 : 1))
    }
    // Truth values of whole numbers stay bits, and are found out late, too.
    var values = [UInt8](repeating: 0, count: 5000 * 256)
    values[values.count - 1] = 1
    try folder.write(NPYBytes.file("|u1", [5000, 16, 16], values: values), as: "b.npy")
    let images = try plainCatalog.load(DataSetRequest("\(folder.path)/b.npy", imageSize: 16))
    #expect(images.image(4999)[255] == 255)
  }

  @Test("of tables are understood as those of arrays")
  func tables() throws {
    func load(_ text: String, _ values: ValueRange? = nil) throws -> [UInt8] {
      try folder.write(Array(text.utf8), as: "t.csv")
      var request = DataSetRequest("\(folder.path)/t.csv", imageSize: 16)
      request.preparation.values = values
      request.preparation.inversion = .off
      let images = try plainCatalog.load(request)
      return (0..<images.count).map { images.image($0)[0] }
    }
    // A table of images of one gray each.
    func rows(_ values: [String]) -> String {
      values.map { [String](repeating: $0, count: 4).joined(separator: ",") + "\n" }.joined()
    }
    #expect(try load(rows(["0", "1", "0.5"])) == [0, 255, 128])
    #expect(try load(rows(["0", "1"])) == [0, 255])
    #expect(try load(rows(["0", "7", "254.6"])) == [0, 7, 255])
    #expect(try load(rows(["0.5", "-1", "1"]), ValueRange(-1, 1)) == [191, 0, 255])
    #expect(try load(rows(["16", "8", "0"]), ValueRange(0, 16)) == [255, 128, 0])
    let many = [String](repeating: "0", count: 20)
    for text in [
      rows(many + ["16"]), rows(many + ["3"]), rows(["0.5", "-1"]), rows(["1", "4095"]),
    ] {
      let error = #expect(throws: FileError.self) { try load(text) }
      #expect(error?.remedy == .giveValues)
    }
  }

  @Test("of IDX files may be of any type that the format has")
  func idx() throws {
    let floats = (0..<256).map { (Float($0) / 255).bitPattern.bigEndian }
    let files: [(UInt32, [UInt8])] = [
      (0x0c, NPYBytes.bytes((0..<256).map { Int32($0).bigEndian })),
      (0x0b, NPYBytes.bytes((0..<256).map { Int16($0).bigEndian })),
      (0x0d, NPYBytes.bytes(floats)), (0x08, (0...255).map { UInt8($0) }),
    ]
    for (code, values) in files {
      let file = IDXBytes.file(magic: code << 8 | 3, lengths: [1, 16, 16], values: values)
      try folder.write(file, as: "images-idx3-int")
      var request = DataSetRequest("\(folder.path)/images-idx3-int", imageSize: 16)
      request.preparation.inversion = .off
      let images = try plainCatalog.load(request)
      #expect(Array(images.image(0)) == (0..<256).map { UInt8($0) })
    }
    let dark = IDXBytes.file(
      magic: 0x803, lengths: [20, 16, 16], values: (0..<20 * 256).map { UInt8($0 % 17) })
    try folder.write(dark, as: "images-idx3-ubyte")
    let error = #expect(throws: FileError.self) {
      try plainCatalog.load(DataSetRequest("\(folder.path)/images-idx3-ubyte"))
    }
    #expect(error?.problem.hasPrefix("holds values from 0 to 16, which are nearly black") == true)
  }

  @Test("of images with 16 bits are reported, and spread from what is given")
  func wideImages() throws {
    func file(_ numbers: [Int]) -> [UInt8] {
      let all = numbers + [Int](repeating: 0, count: 256 - numbers.count)
      return Array("P5 16 16 65535\n".utf8) + all.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
    try folder.write(file([4095, 2048]), as: "w/1.pgm")
    try folder.write(file([16, 0]), as: "w/2.pgm")
    var request = DataSetRequest("\(folder.path)/w", imageSize: 16)
    let dark = try plainCatalog.load(request)
    let values = try #require(dark.preparation?.values)
    #expect(values == .init(found: ValueRange(0, 4095), scale: ValueRange(0, 65535)))
    #expect(values.areNarrow && !values.areEqual)
    #expect(values.suggestion == ValueRange(0, 4095))
    request.preparation.values = values.suggestion
    let spread = try plainCatalog.load(request)
    #expect(Array(spread.image(0).prefix(3)) == [255, 128, 0])
    #expect(spread.preparation?.values?.areNarrow == false)
    request.preparation.values = ValueRange(0, 1023)
    let error = #expect(throws: FileError.self) { try plainCatalog.load(request) }
    #expect(error?.path.hasSuffix("/w/1.pgm") == true)
    #expect(error?.problem.hasPrefix("holds values from 0 to 4095; expected 0 to 1023") == true)
  }

  @Test("belong to what the cache is asked for")
  func cache() throws {
    let catalog = DataSetCatalog(
      roots: DataRoots(folders: []), cache: PreparedCache(folder: "\(folder.path)/cache"))
    let numbers = (0..<256).map { Double($0 % 200) }
    try folder.write(
      NPYBytes.file("<f8", [1, 16, 16], values: NPYBytes.bytes(numbers)), as: "c.npy")
    var request = DataSetRequest("\(folder.path)/c.npy", imageSize: 16)
    for _ in 0..<2 {
      request.preparation.values = nil
      #expect(try catalog.load(request).image(0)[199] == 199)
      request.preparation.values = ValueRange(0, 199)
      #expect(try catalog.load(request).image(0)[199] == 255)
    }
  }

  @Test(
    "given as a range that is none are refused", arguments: [(1.0, 1.0), (2, 1), (0, .infinity)])
  func range(_ minimum: Double, _ maximum: Double) {
    #expect(throws: (any Error).self) { try ValueRange(minimum, maximum).validate() }
  }
}
