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

  @Test("keep the scale that the first MiB decides")
  func firstPiece() throws {
    // The first MiB is 1024 images; the image after it could not be black and white.
    var values = [UInt8](repeating: 1, count: 1025 * 1024)
    values[1024 * 1024 + 5] = 9
    let images = try images(NPYBytes.file("|u1", [1025, 32, 32], values: values))
    #expect(images.isBinary)
    #expect(
      throws: FileError(
        "file", "has the value 9 in image 1024, counted from 0; expected 0 or 1, as all before it")
    ) { try pixels(images, limit: 100) }
    values[5] = 9
    let gray = try self.images(NPYBytes.file("|u1", [1025, 32, 32], values: values))
    #expect(!gray.isBinary)
    #expect(try pixels(gray, limit: 100) == values)
  }

  @Test("have a header as anybody may write it")
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
