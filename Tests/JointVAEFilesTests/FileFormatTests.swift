import JointVAEFiles
import Testing

@Suite("Files are recognized by their first bytes")
struct FileFormatTests {
  private func start(_ text: String, then more: [UInt8] = []) -> [UInt8] { Array(text.utf8) + more }

  @Test("every format by the bytes it begins with")
  func formats() {
    let files: [([UInt8], FileFormat)] = [
      ([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], .png), ([0xff, 0xd8, 0xff, 0xe0], .jpeg),
      (start("GIF89a"), .gif), (start("RIFF____WEBPVP8 "), .webP),
      ([0x49, 0x49, 42, 0, 8, 0, 0, 0], .tiff),
      (start("BM", then: [70, 0, 0, 0, 0, 0, 0, 0]), .bmp),
      ([0, 0, 0, 24] + start("ftypheic"), .heif), ([0x50, 0x4b, 3, 4, 20], .zip),
      ([0x50, 0x4b, 5, 6, 0], .zip), ([0x1f, 0x8b, 8], .gzip),
      ([0x93] + start("NUMPY", then: [1, 0]), .npy), ([0, 0, 8, 3, 0, 0, 0, 1], .idx(axes: 3)),
      ([0, 0, 8, 1, 0, 0, 0, 1], .idx(axes: 1)),
      ([64, 0, 0, 0, 0, 0, 0, 0] + start("{\"a\":"), .safetensors),
      // A header as long as a zip's or a pickle's first bytes are as a number.
      ([0x80, 2, 0, 0, 0, 0, 0, 0] + start("{"), .safetensors), ([0x80, 2, 0x7d], .pickle),
      // As jointvae, PyTorch and programs without a name begin them.
      ([8, 8, 0x12, 8] + start("jointvae", then: [0x3a, 0xff, 0xff, 3]), .onnx),
      (
        [8, 7, 0x12, 7] + start("pytorch", then: [0x1a, 3] + Array("2.1".utf8) + [0x3a, 9]), .onnx
      ),
      ([8, 10, 0x3a, 0x80, 0x80, 4, 0x0a], .onnx), ([8, 9, 0x42, 2, 0x10, 17], .onnx),
      (start("<!doctype HTML>"), .html), ([0xef, 0xbb, 0xbf] + start("\r\n<html lang=en>"), .html),
    ]
    for (bytes, format) in files { #expect(FileFormat(bytes) == format, "\(format)") }
  }

  @Test("a tar archive by its name for itself or its checksum")
  func tar() {
    var block = [UInt8](repeating: 0, count: 512)
    #expect(FileFormat(block) == nil)
    block.replaceSubrange(257..<262, with: "ustar".utf8)
    #expect(FileFormat(block) == .tar)
    var old = [UInt8](repeating: 0, count: 512)
    old[0] = UInt8(ascii: "a")
    // 97 of the name and 8 spaces: 353 or, in octal digits, 541.
    old.replaceSubrange(148..<155, with: "000541\0".utf8)
    #expect(FileFormat(old) == .tar)
    old[1] = 1
    #expect(FileFormat(old) == nil)
    #expect(FileFormat(block.prefix(511)) == nil)
  }

  @Test("text, other files and too few bytes have none of the formats")
  func none() {
    for bytes in [
      [], [0], [0, 0], [0, 0, 7, 3], start("label,1,2\n"), start("BMW,Audi"),
      start("<?xml version="), start("<htm"), [0x7f, 0x45],
    ] {
      #expect(FileFormat(bytes) == nil, "\(bytes)")
    }
  }
}
