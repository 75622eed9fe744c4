import JointVAEData
import JointVAEFiles
import Testing

@Suite("Images of a .npy file")
struct NPYTests {
  private func images(_ bytes: [UInt8]) throws -> NPYImages {
    try NPYImages(source: MemoryBytes(bytes))
  }

  @Test(
    "are read in every shape that images have",
    arguments: [
      ([2, 2, 3], [2, 3, 1]), ([2, 2, 3, 1], [2, 3, 1]), ([2, 1, 2, 3], [1, 2, 3]),
      ([2, 1, 2, 2], [2, 2, 1]), ([3, 4], [2, 2, 1]), ([1, 12], [2, 2, 3]),
      ([1, 2, 2, 3], [2, 2, 3]),
    ])
  func shapes(_ shape: [Int], expected: [Int]) throws {
    let values = (0..<shape.reduce(1, *)).map { UInt8(10 + $0) }
    for version in [1, 2, 3] as [UInt8] {
      let images = try images(NPYBytes.file("|u1", shape, version: version, values: values))
      #expect([images.height, images.width, images.channels] == expected)
      #expect(images.count == shape[0])
      #expect(!images.isBinary)
      #expect(try pixels(images, limit: 2) == values)
    }
  }

  @Test("of bytes are taken as they are, and of any whole numbers up to 255")
  func integers() throws {
    let numbers = [0, 1, 2, 255]
    let files = [
      NPYBytes.file("|u1", [1, 2, 2], values: NPYBytes.bytes(numbers.map { UInt8($0) })),
      NPYBytes.file("<u2", [1, 2, 2], values: NPYBytes.bytes(numbers.map { UInt16($0) })),
      NPYBytes.file("<i2", [1, 2, 2], values: NPYBytes.bytes(numbers.map { Int16($0) })),
      NPYBytes.file("<i4", [1, 2, 2], values: NPYBytes.bytes(numbers.map { Int32($0) })),
      NPYBytes.file("<u4", [1, 2, 2], values: NPYBytes.bytes(numbers.map { UInt32($0) })),
      NPYBytes.file("<i8", [1, 2, 2], values: NPYBytes.bytes(numbers.map { Int64($0) })),
      NPYBytes.file("<u8", [1, 2, 2], values: NPYBytes.bytes(numbers.map { UInt64($0) })),
      NPYBytes.file("<f8", [1, 2, 2], values: NPYBytes.bytes(numbers.map { Double($0) })),
    ]
    for file in files { #expect(try pixels(images(file)) == [0, 1, 2, 255]) }
  }

  @Test("of 16 bits are divided by 257 when one is above 255")
  func words() throws {
    let numbers: [UInt16] = [0, 128, 129, 257, 32768, 65535, 255, 1]
    let file = NPYBytes.file("<u2", [2, 2, 2], values: NPYBytes.bytes(numbers))
    #expect(try pixels(images(file)) == [0, 0, 1, 1, 128, 255, 1, 0])
  }

  @Test("of fractions are spread to 255 and rounded, of larger numbers rounded")
  func fractions() throws {
    let unit: [Float] = [0, 1, 0.5, 0.1, 1.001, -0.001, 1 / 255, 0.7]
    let file = NPYBytes.file("<f4", [2, 2, 2], values: NPYBytes.bytes(unit))
    #expect(try pixels(images(file)) == [0, 255, 128, 26, 255, 0, 1, 178])
    let bytes: [Float] = [0, 1, 0.4, 0.6, 254.7, 255, 2, 7]
    let large = NPYBytes.file("<f4", [2, 2, 2], values: NPYBytes.bytes(bytes))
    #expect(try pixels(images(large)) == [0, 1, 0, 1, 255, 255, 2, 7])
  }

  @Test("of zeros and ones, or of truth values, are black and white")
  func binary() throws {
    for type in ["|u1", "|b1", "|i1"] {
      let images = try images(NPYBytes.file(type, [2, 2, 2], values: [0, 1, 1, 0, 0, 0, 1, 1]))
      #expect(images.isBinary)
      #expect(try pixels(images) == [0, 255, 255, 0, 0, 0, 255, 255])
    }
    let black = try images(NPYBytes.file("|u1", [1, 2, 2], values: [0, 0, 0, 0]))
    #expect(!black.isBinary)
    #expect(try pixels(black) == [0, 0, 0, 0])
  }

  @Test("are read again when the first MiB promised another scale")
  func firstPiece() throws {
    // The first MiB is 1024 images; the image after it could not be black and white.
    var values = [UInt8](repeating: 1, count: 1025 * 1024)
    values[1024 * 1024 + 5] = 9
    let file = NPYBytes.file("|u1", [1025, 32, 32], values: values)
    let images = try images(file)
    #expect(images.isBinary)
    #expect(throws: ScaleRefuted(found: ValueRange(1, 9))) { try pixels(images, limit: 100) }
    let again = try self.images(file)
    try again.expect(PixelExpectation(found: ValueRange(1, 9)))
    #expect(!again.isBinary)
    #expect(try pixels(again, limit: 100) == values)
    #expect(
      again.values
        == PixelValues(found: ValueRange(1, 9), range: ValueRange(0, 255), isBinary: false))
    values[5] = 9
    let gray = try self.images(NPYBytes.file("|u1", [1025, 32, 32], values: values))
    #expect(!gray.isBinary)
    #expect(try pixels(gray, limit: 100) == values)
  }

  @Test(
    "that begin black are refuted by their end",
    arguments: [("|u1", ValueRange(0, 1)), ("<f4", ValueRange(0, 255)), ("<i2", ValueRange(-3, 4))])
  func blackStart(_ type: String, _ range: ValueRange) throws {
    var values = [Double](repeating: 0, count: 300 * 4096)
    values[values.count - 2] = range.minimum
    values[values.count - 1] = range.maximum
    let bytes: [UInt8] =
      switch type {
      case "|u1": values.map { UInt8($0) }
      case "<f4": NPYBytes.bytes(values.map { Float($0) })
      default: NPYBytes.bytes(values.map { Int16($0) })
      }
    let images = try images(NPYBytes.file(type, [300, 64, 64], values: bytes))
    #expect(throws: ScaleRefuted(found: range)) { try pixels(images, limit: 100) }
  }

  @Test("are spread from the values of black and white that are given")
  func given() throws {
    let numbers: [Float] = [-1, 1, 0, 0.5, -0.5, -1, 1, 1]
    let images = try images(NPYBytes.file("<f4", [2, 2, 2], values: NPYBytes.bytes(numbers)))
    try images.expect(PixelExpectation(values: ValueRange(-1, 1)))
    #expect(try pixels(images) == [0, 255, 128, 191, 64, 0, 255, 255])
    let digits: [UInt8] = [0, 16, 8, 4]
    let small = try self.images(NPYBytes.file("|u1", [1, 2, 2], values: digits))
    try small.expect(PixelExpectation(values: ValueRange(0, 16)))
    #expect(try pixels(small) == [0, 255, 128, 64])
    let beyond = try self.images(NPYBytes.file("|u1", [1, 2, 2], values: digits))
    try beyond.expect(PixelExpectation(values: ValueRange(0, 15)))
    #expect(throws: ScaleRefuted(found: ValueRange(0, 16))) { try pixels(beyond) }
  }

  @Test("of 16-bit floating point and of either byte order are read")
  func kinds() throws {
    // 0, 1, 0.5 and 0.25.
    let halves: [UInt16] = [0x0000, 0x3c00, 0x3800, 0x3400]
    let numbers: [UInt32] = [0, 255, 128, 7]
    let files = [
      ("<f2", NPYBytes.bytes(halves), [0, 255, 128, 64]),
      (">f2", NPYBytes.bytes(halves.map(\.bigEndian)), [0, 255, 128, 64]),
      (">u2", NPYBytes.bytes(numbers.map { UInt16($0).bigEndian }), [0, 255, 128, 7]),
      (">i4", NPYBytes.bytes(numbers.map(\.bigEndian)), [0, 255, 128, 7]),
      (">i8", NPYBytes.bytes(numbers.map { UInt64($0).bigEndian }), [0, 255, 128, 7]),
      (">f4", NPYBytes.bytes(numbers.map { Float($0).bitPattern.bigEndian }), [0, 255, 128, 7]),
      (">f8", NPYBytes.bytes(numbers.map { Double($0).bitPattern.bigEndian }), [0, 255, 128, 7]),
    ]
    for (type, values, expected) in files {
      let images = try images(NPYBytes.file(type, [1, 2, 2], values: values))
      #expect(try pixels(images) == expected.map { UInt8($0) }, "\(type)")
    }
  }

  @Test("have a header as any program may write it")
  func dialects() throws {
    for dictionary in [
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2)}",
      "{\"shape\":(1L,2L,2L,),\"descr\":\"<u1\",\"fortran_order\":False}",
      "  {  'fortran_order' : False , 'shape' : ( 1 , 2 , 2 ) , 'descr' : '>u1' , }  ",
    ] {
      let file = NPYBytes.file(dictionary: dictionary, values: [1, 2, 3, 4])
      #expect(try pixels(images(file)) == [1, 2, 3, 4])
    }
  }
}
