import JointVAE
import JointVAEData
import JointVAERuns
import Testing

struct FingerprintTests {
  @Test("Equal images have equal fingerprints, any change makes another")
  func change() throws {
    var pixels = [UInt8](repeating: 7, count: 3 * 256)
    let first = Fingerprint.of(try images(pixels))
    #expect(first == Fingerprint.of(try images(pixels)))
    #expect(first.count == 16)
    for place in [0, 255, 256, 767] {
      pixels[place] ^= 1
      #expect(first != Fingerprint.of(try images(pixels)))
      pixels[place] ^= 1
    }
    #expect(first != Fingerprint.of(try images(pixels.dropLast(256))))
  }

  @Test("Swapped images have another fingerprint")
  func order() throws {
    let (black, white) = ([UInt8](repeating: 0, count: 256), [UInt8](repeating: 255, count: 256))
    #expect(
      Fingerprint.of(try images(black + white)) != Fingerprint.of(try images(white + black)))
  }

  @Test("It is the same on every machine and in every version: runs of before are resumed")
  func known() throws {
    let pixels = (0..<2000 * 256).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(Fingerprint.of(try images(pixels)) == "f24e84685b947a0b")
  }

  private func images(_ pixels: some Collection<UInt8>) throws -> LabeledImages {
    try LabeledImages(
      name: "test", origin: "here", imageShape: ImageShape(size: 16), pixels: Array(pixels))
  }
}
