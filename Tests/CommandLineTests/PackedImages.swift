import CZip
import Foundation
import JointVAEImages

/// The same images as users may have them: in a folder, an archive, a table or an array.
struct PackedImages {
  /// Members of the folder, in the order in which they are read.
  let files: [(name: String, image: Image)]

  /// `count` images of light squares on dark, as many of each class.
  init(count: Int = 24, size: Int = 16, channels: Int = 1, classes: [String] = ["a", "b"]) {
    files = (0..<count).map { number in
      var image = Image(width: size, height: size, channels: channels)
      let label = number * classes.count / count
      let isSecond = label > 0
      for y in 4..<6 + number % 5 {
        for x in (isSecond ? 2 : 5)..<(isSecond ? 14 : 9) {
          for channel in 0..<channels {
            image[x: x, y: y, channel: channel] = UInt8(255 - 60 * channel - 3 * (number % 40))
          }
        }
      }
      return ("\(classes[label])/\(number).png", image)
    }
  }

  /// Writes the folder `path`, a folder a class in it.
  func writeFolder(_ path: String) throws {
    for (name, image) in files {
      let file = URL(filePath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try image.writePNG(to: file.path)
    }
  }

  /// Writes a zip of the folder.
  func writeZip(_ path: String) throws {
    try Self.zip(files.map { ($0.name, try $0.image.pngBytes()) }, to: path)
  }

  /// Writes a table: a header, then the class and the pixels of an image a line.
  func writeCSV(_ path: String) throws {
    let pixelCount = files.first?.image.pixels.count ?? 0
    var text = "label," + (0..<pixelCount).map { "p\($0)" }.joined(separator: ",") + "\n"
    for (name, image) in files {
      text += "\(name.prefix(1))," + image.pixels.map { "\($0)" }.joined(separator: ",") + "\n"
    }
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  /// Writes an .npz file with the images alone.
  func writeNPZ(_ path: String) throws {
    let size = files.first?.image.width ?? 0
    let dictionary =
      "{'descr': '|u1', 'fortran_order': False, 'shape': (\(files.count), \(size), \(size)), }"
    let padding = String(repeating: " ", count: 63 - (10 + dictionary.utf8.count) % 64)
    let header = Array((dictionary + padding + "\n").utf8)
    let length = [UInt8(header.count & 255), UInt8(header.count >> 8)]
    let npy =
      [0x93] + Array("NUMPY".utf8) + [1, 0] + length + header + files.flatMap(\.image.pixels)
    try Self.zip([("images.npy", npy)], to: path)
  }

  private struct Failed: Error {}

  private static func zip(_ files: [(name: String, bytes: [UInt8])], to path: String) throws {
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nil) else { throw Failed() }
    for file in files {
      // libzip frees what it is given here with `free`.
      let copy = malloc(file.bytes.count)
      file.bytes.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { copy?.copyMemory(from: start, byteCount: bytes.count) }
      }
      let source = zip_source_buffer(archive, copy, zip_uint64_t(file.bytes.count), 1)
      guard let source, zip_file_add(archive, file.name, source, 0) >= 0 else { throw Failed() }
    }
    guard zip_close(archive) == 0 else { throw Failed() }
  }
}
