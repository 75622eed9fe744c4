import Foundation
import JointVAEData
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

@Suite("Archives under random damage")
struct ArchiveFuzzTests {
  /// One to four random changes: a byte, a bit, a stretch removed, doubled or filled.
  private static func damaged(_ bytes: [UInt8], _ random: inout RandomSequence) -> [UInt8] {
    var result = bytes
    for _ in 0...random.number(below: 4) where !result.isEmpty {
      let start = random.number(below: result.count)
      let end = min(result.count, start + 1 + random.number(below: 600))
      switch random.number(below: 7) {
      case 0: result[start] = UInt8(random.number(below: 256))
      case 1: result[start] ^= 1 << UInt8(random.number(below: 8))
      case 2: result.removeSubrange(start..<end)
      case 3: result.insert(contentsOf: result[start..<end], at: start)
      case 4: result[start] = [0, 1, 0x7f, 0x80, 0xff][random.number(below: 5)]
      case 5:
        let stretch = min(result.count, start + 1 + random.number(below: 12))
        for index in start..<stretch { result[index] = UInt8(random.number(below: 256)) }
      default: result.removeLast(result.count - start)
      }
    }
    return result
  }

  /// Reads whatever there is; it must be as long as promised, or an error. Says whether it could be
  /// opened.
  private static func read(_ path: String) throws -> Bool {
    do {
      let limits = CollectionLimits(memberByteCount: 1 << 20, totalByteCount: 1 << 24)
      guard let collection = try FileCollections.open(path, limits: limits) else { return false }
      let wanted = Array(collection.members.indices)
      for (member, result) in zip(collection.members, try collection.results(wanted, threads: 2)) {
        if let bytes = try? result.get() { #expect(bytes.count == member.byteCount) }
      }
      return true
    } catch is FileError {
      return false
    }
  }

  private static var tar: TarBytes {
    var tar = TarBytes()
    tar.add("folder/", flag: "5")
    tar.add("a.png", [UInt8](repeating: 3, count: 700))
    tar.add("L", Array("long/name\u{0}".utf8), flag: "L")
    tar.add("b.png", [1, 2, 3])
    tar.addRecords([("path", "pax/name"), ("size", "5")])
    tar.add("c.png", Array("hello".utf8))
    tar.add("d.png", [4], size: TarBytes.base256(1))
    return tar
  }

  @Test("mutations of tar archives never trap", arguments: [false, true])
  func mutations(isPacked: Bool) throws {
    let folder = try TemporaryFolder()
    var random = RandomSequence(state: Fuzzing.environment.seed(isPacked ? 21 : 22))
    var opened = 0
    let rounds = try Fuzzing.environment.rounds(1500, parts: 3) {
      var bytes = Self.damaged(Self.tar.complete, &random)
      // Damage inside a header is only met when the checksum says nothing.
      if random.number(below: 4) > 0 {
        for start in stride(from: 0, through: bytes.count - 512, by: 512)
        where bytes[start + 257..<start + 262].elementsEqual("ustar".utf8) {
          bytes.replaceSubrange(
            start..<start + 512, with: TarBytes.withChecksum(Array(bytes[start..<start + 512])))
        }
      }
      let path = try folder.write(isPacked ? gzipped(bytes) : bytes, as: "fuzz")
      if try Self.read(path) { opened += 1 }
    }
    #expect(opened > rounds / 100)
    #expect(opened < rounds)
  }

  @Test("mutations of zip archives never trap")
  func zipMutations() throws {
    let folder = try TemporaryFolder()
    let original = try ZipBytes.archive(
      [
        ("a.png", [UInt8](repeating: 3, count: 700)), ("b/c.png", [1, 2, 3]),
        ("d.png", (0..<300).map { UInt8(truncatingIfNeeded: $0 * $0) }),
      ], in: folder.path)
    var random = RandomSequence(state: Fuzzing.environment.seed(23))
    var opened = 0
    let rounds = try Fuzzing.environment.rounds(1500, parts: 3) {
      let path = try folder.write(Self.damaged(original, &random), as: "fuzz")
      if try Self.read(path) { opened += 1 }
    }
    #expect(opened > rounds / 100)
    #expect(opened < rounds)
  }
}
