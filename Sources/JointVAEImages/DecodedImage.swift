import JointVAEFiles

/// An image from a file, with what its samples were before they became 8 bits.
package struct DecodedImage: Sendable {
  /// The image.
  package var image: Image
  /// What the file's samples were.
  package var samples: SampleValues

  /// Decodes an image of any format that is read, the first frame of a GIF.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: what errors call it.
  ///   - background: the gray that shows through where the image is transparent.
  ///   - spread: the samples that become black and white; nil for 0 and the largest the file can hold.
  ///   - limits: what is refused before it is decoded.
  ///   - keepsAlpha: whether every image has red, green, blue and alpha, that of PNG and WebP files where they have some.
  /// - Throws: `FileError` for a file that is not an image, is an image of another format, is damaged or cut
  ///   off, or exceeds `limits`; `SamplesBeyondRange` when a sample lies outside of `spread`.
  package init(
    encoded bytes: [UInt8], name: String, background: UInt8 = 255,
    spread: ClosedRange<Double>? = nil, limits: ImageLimits = .standard, keepsAlpha: Bool = false
  ) throws {
    if keepsAlpha {
      let image = try Image(keepingAlphaOf: bytes, name: name, limits: limits)
      self = try .init(image, nil, name)
      return
    }
    switch FileFormat(bytes) {
    case .png:
      self = try .png(bytes, name: name, background: background, spread: spread, limits: limits)
    case .pnm: self = try .pnm(bytes, name: name, spread: spread, limits: limits)
    case .jpeg: self = try .init(Image(jpeg: bytes, name: name, limits: limits), spread, name)
    case .gif:
      let image = try Image(gif: bytes, name: name, background: background, limits: limits)
      self = try .init(image, spread, name)
    case .bmp:
      let image = try Image(bmp: bytes, name: name, background: background, limits: limits)
      self = try .init(image, spread, name)
    case .webP:
      let image = try Image(webP: bytes, name: name, background: background, limits: limits)
      self = try .init(image, spread, name)
    default: throw FileError.noImage(bytes, name)
    }
  }

  init(image: Image, samples: SampleValues) {
    self.image = image
    self.samples = samples
  }

  /// An image whose samples have 8 bits.
  init(_ image: Image, _ spread: ClosedRange<Double>?, _ name: String) throws {
    var (least, most) = (UInt8.max, UInt8.min)
    for value in image.pixels {
      least = min(least, value)
      most = max(most, value)
    }
    samples = SampleValues(least: Int(least), most: Int(most), limit: 255)
    self.image = image
    guard let spread else { return }
    try samples.require(within: spread, name)
    let table = (0...255).map { SampleValues.pixel(of: $0, in: spread) }
    self.image.withUnsafeMutablePixels { pixels in
      for index in pixels.indices { pixels[index] = table[Int(pixels[index])] }
    }
  }

  /// An image from samples of 0 to `limit`, without alpha, `[y, x, channel]`.
  init(
    width: Int, height: Int, channels: Int, wide values: [UInt16], limit: Int,
    _ spread: ClosedRange<Double>?, _ name: String
  ) throws {
    samples = SampleValues(values, limit: limit)
    if let spread { try samples.require(within: spread, name) }
    let white = UInt32(limit)
    let pixels =
      if let spread {
        values.map { SampleValues.pixel(of: Int($0), in: spread) }
      } else {
        values.map { UInt8(truncatingIfNeeded: (UInt32($0) * 255 + white / 2) / white) }
      }
    image = Image(width: width, height: height, channels: channels, pixels: pixels)
  }
}

/// The samples of a file: how small and how large they were, and how large they could be.
package struct SampleValues: Hashable, Sendable {
  /// The smallest.
  package var least: Int
  /// The largest.
  package var most: Int
  /// White by the format.
  package var limit: Int

  /// Samples from `least` to `most`, of 0 to `limit`.
  package init(least: Int, most: Int, limit: Int) {
    self.least = least
    self.most = most
    self.limit = limit
  }

  init(_ values: [UInt16], limit: Int) {
    var (least, most) = (UInt16.max, UInt16.min)
    for value in values {
      least = min(least, value)
      most = max(most, value)
    }
    self.init(least: Int(least), most: Int(most), limit: limit)
  }

  func require(within spread: ClosedRange<Double>, _ name: String) throws {
    guard spread.contains(Double(least)), spread.contains(Double(most)) else {
      throw SamplesBeyondRange(name: name, samples: self)
    }
  }

  /// The gray of a sample; black and white beyond `spread`.
  static func pixel(of sample: Int, in spread: ClosedRange<Double>) -> UInt8 {
    let share = (Double(sample) - spread.lowerBound) / (spread.upperBound - spread.lowerBound)
    return UInt8((255 * min(1, max(0, share))).rounded())
  }
}

/// Thrown when a file has samples beyond those that are black and white.
package struct SamplesBeyondRange: Error, Equatable {
  /// What errors call the file.
  package var name: String
  /// What it holds.
  package var samples: SampleValues

  /// The file called `name` holds `samples`.
  package init(name: String, samples: SampleValues) {
    self.name = name
    self.samples = samples
  }
}
