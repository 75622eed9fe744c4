import JointVAEData
import JointVAEFiles
import Testing

@Suite("Gzip files")
struct GzipBytesTests {
  let folder: TemporaryFolder
  /// More than one buffer of input and several windows of output, neither all alike nor all
  /// different.
  let content = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

  init() throws { folder = try TemporaryFolder() }

  private func unpack(_ file: [UInt8], room: Int = 1 << 16) throws -> [UInt8] {
    let source = try ByteSources.open(try folder.write(file, as: "packed.gz"))
    var all: [UInt8] = []
    while true {
      let piece = try source.next(room)
      all += piece
      if piece.count < room { return all }
    }
  }

  private func problem(_ file: [UInt8]) -> String? {
    do {
      _ = try unpack(file)
      return nil
    } catch let error as FileError {
      return error.problem
    } catch {
      return "another error: \(error)"
    }
  }

  @Test("unpack to what was packed, in pieces of any length", arguments: [1 << 20, 4096, 997])
  func roundTrip(room: Int) throws {
    #expect(try unpack(gzipped(content), room: room) == content)
  }

  @Test("of nothing unpack to nothing")
  func empty() throws {
    #expect(try unpack(gzipped([])).isEmpty)
  }

  @Test("of several streams unpack to all of them")
  func concatenated() throws {
    let parts = [Array(content[..<10]), [], Array(content[10..<70_000]), Array(content[70_000...])]
    #expect(try unpack(parts.flatMap { try gzipped($0) }) == content)
  }

  @Test("are known by their first bytes, not by their name")
  func plainFileOfPackedName() throws {
    #expect(try unpack([1, 2, 3]) == [1, 2, 3])
    #expect(try unpack([]).isEmpty)
  }

  @Test("that end anywhere before their end are refused")
  func truncated() throws {
    let packed = try gzipped(Array(content[..<5000]))
    for length in 2..<packed.count {
      #expect(
        problem(Array(packed[..<length]))?.contains("is a gzip file that ends early") == true,
        "\(length) of \(packed.count) bytes")
    }
  }

  @Test("with any bit of their data or checksums flipped are refused")
  func corrupt() throws {
    let packed = try gzipped(Array(content[..<2000]))
    // All but the padding to a whole byte before the checksum, and the parts of the header that say
    // nothing.
    for place in 10..<packed.count where place != packed.count - 9 {
      var broken = packed
      broken[place] ^= 1 << (place % 8)
      #expect(problem(broken) != nil, "byte \(place)")
    }
  }

  @Test("with a wrong checksum say so")
  func wrongChecksum() throws {
    var packed = try gzipped(Array(content[..<2000]))
    packed[packed.count - 8] ^= 1
    #expect(
      problem(packed)
        == "is a damaged gzip file: incorrect data check, after 2000 unpacked bytes; fetch it again"
    )
  }

  @Test("with an unknown method say so")
  func unknownMethod() throws {
    #expect(
      problem([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 3])
        == "is a damaged gzip file: unknown compression method, after 0 unpacked bytes; "
        + "fetch it again"
    )
  }

  @Test(
    "followed by something else are refused", arguments: [[0], [0, 0, 0, 0], Array("PK".utf8)])
  func trailing(_ garbage: [UInt8]) throws {
    #expect(
      problem(try gzipped(content) + garbage)
        == "goes on after its gzip stream with bytes that are not a gzip stream; fetch it again")
  }

  @Test("that are missing, or folders, are named with the reason")
  func missing() {
    #expect(
      throws: FileError("\(folder.path)/no.gz", "cannot be opened: No such file or directory")
    ) {
      try ByteSources.open("\(folder.path)/no.gz")
    }
    #expect(throws: FileError(folder.path, "is a folder or a device; expected a file")) {
      try ByteSources.open(folder.path)
    }
  }
}
