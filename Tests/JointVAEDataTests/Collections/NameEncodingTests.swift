import Foundation
import JointVAEData
import JointVAEImages
import Testing

@Suite("Names of archives in the code pages of East Asia")
struct NameEncodingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func bytes(_ text: String, _ encoding: UInt) throws -> [UInt8] {
    try Array(
      #require(text.data(using: String.Encoding(rawValue: 0x8000_0000 | encoding))))
  }

  /// An archive whose names are `names`, bytes that no header says a word about.
  private func archive(_ names: [[UInt8]]) throws -> String {
    // libzip writes UTF-8, so the bytes replace letters of the same number.
    let letters = names.enumerated().map { number, name in
      "\(number)" + String(repeating: "q", count: name.count - 1)
    }
    var bytes = try ZipBytes.archive(
      letters.enumerated().map { ($1, try Image.numbered($0)) }, in: folder.path)
    for (name, letters) in zip(names, letters) {
      let old = Array(letters.utf8)
      for start in bytes.indices.dropLast(old.count - 1)
      where bytes[start..<start + old.count].elementsEqual(old) {
        bytes.replaceSubrange(start..<start + old.count, with: name)
      }
    }
    return try folder.write(bytes, as: "\(UUID().uuidString).zip")
  }

  @Test(
    "are decoded, and the byte of a backslash within a character parts nothing",
    arguments: [
      // Characters whose second byte is 0x5C: 表 and ソ of Shift-JIS; 誠, 郳 and so on of GBK; 功 and 許 of Big5.
      (0x0420, ["表", "ソ", "能"]), (0x0420, ["猫", "犬"]), (0x0420, ["ひらがな", "カタカナ"]),
      (0x0632, ["猫", "狗"]), (0x0632, ["一", "二", "三"]), (0x0632, ["苹果", "香蕉", "橙子"]),
      (0x0a03, ["功", "許"]), (0x0a03, ["蘋果", "香蕉", "功課"]), (0x0422, ["고양이", "강아지", "사과나무"]),
      (0x0400, ["Köln", "Zürich", "café"]), (0x0400, ["Öl", "Äpfel"]),
    ] as [(UInt, [String])])
  func decoded(encoding: UInt, names: [String]) throws {
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let files = try sorted.map { try Self.bytes("\($0)/1.png", encoding) }
    let images = try plainCatalog.load(DataSetRequest(archive(files)))
    #expect(images.classNames == sorted)
    #expect(images.classCounts == names.map { _ in 1 })
    // Windows' separators part folders all the same.
    let windows = try sorted.map { try Self.bytes("\($0)\\1.png", encoding) }
    if encoding != 0x0400 {
      #expect(try plainCatalog.load(DataSetRequest(archive(windows))).classNames == sorted)
    }
  }

  @Test("that no code page has are kept apart")
  func undecodable() throws {
    let images = try plainCatalog.load(
      DataSetRequest(
        archive([
          [0x80, 0xff, 0x2f] + Array("1.png".utf8), [0x81, 0xff, 0x2f] + Array("1.png".utf8),
        ])))
    #expect(images.classNames.count == 2 && images.classCounts == [1, 1])
  }

  @Test("in UTF-8 stay what they are, with and without the archive's flag")
  func utf8() throws {
    let names = ["été", "表", "Ω"]
    let flagged = "\(folder.path)/flagged.zip"
    try ZipBytes.write(
      names.enumerated().map { ("\($1)/1.png", try Image.numbered($0)) }, to: flagged)
    let plain = try archive(names.map { Array("\($0)/1.png".utf8) })
    for path in [flagged, plain] {
      #expect(try Set(plainCatalog.load(DataSetRequest(path)).classNames) == Set(names))
    }
  }
}
