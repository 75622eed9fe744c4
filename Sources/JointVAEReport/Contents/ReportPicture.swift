import JointVAEFiles
import JointVAEImages

/// A picture that the page holds.
package struct ReportPicture: Hashable, Sendable {
  /// The file's bytes.
  package let bytes: [UInt8]
  /// Width in pixels.
  package let width: Int
  /// Height in pixels.
  package let height: Int
  /// Whether it moves.
  package let isAnimation: Bool
  /// What was done to a longer file, in a sentence; nil when nothing was.
  package let remark: String?

  /// The bytes in an `src` attribute.
  package var resource: DataURI { DataURI(bytes, type: isAnimation ? "image/gif" : "image/png") }

  /// Reads a still picture, to its last pixel, and its bytes.
  /// - Throws: `FileError` when it cannot be read or is damaged; `NoRoom` when it takes more than `budget` bytes.
  package static func still(_ path: String, budget: Int) throws -> (ReportPicture, Image) {
    let bytes = try BoundedFile.read(path, limit: ImageLimits.standard.maximumByteCount)
    try requireRoom(path, bytes.count, budget)
    let image = try Image(png: bytes, name: path)
    let picture = ReportPicture(
      bytes: bytes, width: image.width, height: image.height, isAnimation: false, remark: nil)
    return (picture, image)
  }

  /// `image` as a PNG.
  package init(_ image: Image) throws {
    self.init(
      bytes: try image.pngBytes(), width: image.width, height: image.height, isAnimation: false,
      remark: nil)
  }

  /// Reads an animation; one of more than `budget` bytes keeps every second, third, ... of its frames, each for longer.
  ///
  /// - Throws: `FileError` when it cannot be read or is damaged; `NoRoom` when eight frames do not fit either.
  package static func animation(_ path: String, budget: Int) throws -> ReportPicture {
    let limits = ImageLimits.standard
    let bytes = try BoundedFile.read(path, limit: limits.maximumByteCount)
    let all = try Animation(gif: bytes, name: path)
    let first = all.frames[0].image
    if bytes.count <= budget {
      return ReportPicture(
        bytes: bytes, width: first.width, height: first.height, isAnimation: true, remark: nil)
    }
    var interval = max(2, (bytes.count + budget - 1) / max(1, budget))
    while all.frames.count / interval >= 8 {
      let shorter = try all.keepingEvery(interval).gifBytes()
      if shorter.count <= budget {
        return ReportPicture(
          bytes: shorter, width: first.width, height: first.height, isAnimation: true,
          remark: "One frame of \(interval), to keep the report small; the whole is \(path).")
      }
      interval += 1
    }
    throw noRoom(path, bytes.count, budget)
  }

  /// - Throws: `NoRoom` when the picture of `path` takes more bytes than `budget`.
  static func requireRoom(_ path: String, _ count: Int, _ budget: Int) throws {
    if count > budget { throw noRoom(path, count, budget) }
  }

  private static func noRoom(_ path: String, _ count: Int, _ budget: Int) -> NoRoom {
    NoRoom(
      description: "\(path): has a picture of \(NumberText.count(count)) bytes, and the report has "
        + "room for \(NumberText.count(budget)); show fewer runs at once, or open it there")
  }

  /// A picture is too large for the page.
  package struct NoRoom: Error, CustomStringConvertible {
    /// A sentence that names the file.
    package let description: String
  }

  private init(bytes: [UInt8], width: Int, height: Int, isAnimation: Bool, remark: String?) {
    self.bytes = bytes
    self.width = width
    self.height = height
    self.isAnimation = isAnimation
    self.remark = remark
  }
}

extension Animation {
  /// Every `interval`th frame and the last, which all take together as long as before.
  package func keepingEvery(_ interval: Int) -> Animation {
    let kept = frames.enumerated().filter { index, _ in
      (frames.count - 1 - index) % interval == 0
    }
    var result = Animation(frames: [], isEndless: isEndless)
    var start = 0
    for (index, frame) in kept {
      let delay = frames[start...index].reduce(0) { $0 + $1.delay }
      result.frames.append(Frame(image: frame.image, delay: min(delay, 65_535)))
      start = index + 1
    }
    return result
  }
}
