import JointVAEData
import TestSupport
import Testing

@Suite("File names are in the order people number them")
struct NaturalOrderTests {
  @Test("digits compare as numbers, folders stay together, and ties are broken")
  func order() throws {
    let expected = [
      "0", "00", "1", "01", "001", "1/2", "1/10", "1 b/1", "2", "10", "a1b2", "a1b10", "a2", "a10",
      "a99999999999999999999", "a100000000000000000000", "b", "ba", "é",
    ]
    let folder = try TemporaryFolder()
    var tar = TarBytes()
    for name in expected.reversed() where !name.contains("/") { tar.add(name) }
    let others = ["1/10", "1 b/1", "1/2"]
    for name in others { tar.add(name) }
    let names = try openedCollection(folder.write(tar.complete, as: "x")).names
    #expect(names.count == expected.count)
    #expect(names == expected)
  }
}
