import Foundation
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("Images are told apart by their first bytes")
struct ImageFormatTests {
  private let unreadable: [(String, [UInt8])] = [
    ("a TIFF image", [0x49, 0x49, 42, 0, 8, 0, 0, 0]),
    ("a TIFF image", [0x4d, 0x4d, 0, 42, 0, 0, 0, 8]),
    ("an HEIF image (HEIC, AVIF)", [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0]),
    ("an HEIF image (HEIC, AVIF)", [0, 0, 0, 24] + Array("ftypavif".utf8) + [0, 0, 0, 0]),
  ]

  @Test("formats that are not read are named, with what to do")
  func others() throws {
    for (format, bytes) in unreadable {
      #expect(FileFormat(bytes)?.isImage == true)
      let expected = FileError(
        "x", "is \(format), which is not supported; convert it to PNG or JPEG")
      #expect(throws: expected) { try Image(encoded: bytes, name: "x") }
      #expect(throws: expected) { try ImageOutline(encoded: bytes, name: "x") }
    }
  }

  @Test("what is no image is none, however short")
  func none() throws {
    let files: [[UInt8]] = [
      [0x89], [0xff, 0xd8], Array("label,1,2".utf8), Array("BMW,Audi,Opel".utf8),
      Array("P1,P2,P3\n1,2,3".utf8), Array("P5 of ten".utf8),
      Array("RIFF____WAVEfmt ".utf8), Array("____ftypisom____".utf8),
    ]
    for bytes in files {
      #expect(FileFormat(bytes)?.isImage != true)
      #expect(
        throws: FileError("x", "is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM")
      ) {
        try Image(encoded: bytes, name: "x")
      }
    }
    #expect(FileFormat(Array("BMW,Audi,Opel".utf8)[2...]) == nil)
  }

  @Test("a file of another kind is named, and an empty one")
  func strangers() throws {
    let files: [(String, [UInt8])] = [
      ("is empty", []), ("is a zip archive, not an image", [0x50, 0x4b, 3, 4]),
      ("is a gzip file, not an image", [0x1f, 0x8b, 8]),
      ("is a MATLAB file, not an image", Array("MATLAB 5.0 MAT-file".utf8)),
    ]
    let pages: [(String, String)] = [
      ("is an HTML page", "\n<!DOCTYPE html><title>404</title>"),
      ("is a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:"),
    ]
    for (problem, text) in pages {
      let error = #expect(throws: FileError.self) {
        try Image(encoded: Array(text.utf8), name: "x.png")
      }
      #expect(error?.problem.hasPrefix("\(problem), not an image; expected PNG") == true)
      #expect(
        error?.problem.contains(": \(problem == "is an HTML page" ? "download it again" : "fetch")")
          == true)
    }
    for (problem, bytes) in files {
      let expected = FileError(
        "x.png", "\(problem); expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM")
      #expect(throws: expected) { try Image(encoded: bytes, name: "x.png") }
      #expect(throws: expected) { try ImageOutline(encoded: bytes, name: "x.png") }
    }
  }

  struct Cases: Decodable {
    struct Case: Decodable {
      var name: String
      var file: Data
      var background: UInt8?
    }
    var cases: [Case]
  }

  @Test("every readable file decodes by its own decoder, and its outline tells size and channels")
  func readable() throws {
    var count = 0
    for file in ["png.json", "gif.json", "jpeg.json"] {
      for one in try fixture(file, as: Cases.self).cases where one.name != "CMYK" {
        let bytes = Array(one.file)
        let background = one.background ?? 255
        let image = try Image(encoded: bytes, name: one.name, background: background)
        let outline = try ImageOutline(encoded: bytes, name: one.name)
        #expect(outline.width == image.width && outline.height == image.height, "\(one.name)")
        #expect(outline.channels == image.channels, "\(one.name)")
        let expected =
          switch FileFormat(bytes) {
          case .png: try Image(png: bytes, name: "x", background: background)
          case .jpeg: try Image(jpeg: bytes, name: "x")
          default: try Image(gif: bytes, name: "x", background: background)
          }
        #expect(image == expected)
        count += 1
      }
    }
    #expect(count > 60)
  }

  @Test("a PNG whose signature is spoilt is a damaged PNG, not something else")
  func spoilt() throws {
    let error = #expect(throws: FileError.self) {
      try Image(encoded: [0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a], name: "x.png")
    }
    #expect(error?.problem.hasPrefix("is not a PNG image") == true)
  }
}
