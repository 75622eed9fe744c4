// Decoded samples become an image: alpha is kept, or goes and one gray shows through.

extension Image {
  /// An image from 8-bit samples: gray, gray and alpha, RGB or RGBA.
  ///
  /// Mixing is done on the stored values, as browsers do, rounded to nearest. With `isGray`, the
  /// three colors are known to be equal and one is kept.
  init(
    width: Int, height: Int, samples: [UInt8], sampleCount: Int, background: UInt8, isGray: Bool
  ) {
    let colorCount = sampleCount > 2 ? 3 : 1
    let channels = isGray ? 1 : colorCount
    if sampleCount == channels {
      self.init(width: width, height: height, channels: channels, pixels: samples)
      return
    }
    let hasAlpha = sampleCount != colorCount
    var values: [UInt8] = []
    values.reserveCapacity(width * height * channels)
    for start in stride(from: 0, to: samples.count, by: sampleCount) {
      let alpha = hasAlpha ? UInt32(samples[start + colorCount]) : 255
      let behind = UInt32(background) * (255 - alpha)
      for channel in 0..<channels {
        let mixed = UInt32(samples[start + channel]) * alpha + behind
        values.append(UInt8(truncatingIfNeeded: (mixed + 127) / 255))
      }
    }
    self.init(width: width, height: height, channels: channels, pixels: values)
  }

  /// An image from 16-bit samples, colors already multiplied by alpha; rounded to nearest.
  init(width: Int, height: Int, samples: [UInt16], sampleCount: Int, background: UInt8) {
    let channels = sampleCount > 2 ? 3 : 1
    let hasAlpha = sampleCount != channels
    var values: [UInt8] = []
    values.reserveCapacity(width * height * channels)
    for start in stride(from: 0, to: samples.count, by: sampleCount) {
      let alpha = hasAlpha ? UInt32(samples[start + channels]) : 65_535
      let behind = UInt32(background) * (65_535 - alpha)
      for channel in 0..<channels {
        let mixed = UInt32(samples[start + channel]) * 255 + behind
        values.append(UInt8(truncatingIfNeeded: min(255, (mixed + 32_767) / 65_535)))
      }
    }
    self.init(width: width, height: height, channels: channels, pixels: values)
  }
}

extension Image {
  /// An image with alpha from 8-bit samples: gray, gray and alpha, RGB or RGBA.
  init(width: Int, height: Int, keepingAlphaOf samples: [UInt8], sampleCount: Int) {
    self = Image(width: width, height: height, channels: sampleCount, pixels: samples).rgba
  }

  /// An image with alpha from 16-bit samples, colors already multiplied by alpha; rounded to nearest.
  init(width: Int, height: Int, keepingAlphaOf samples: [UInt16], sampleCount: Int) {
    let hasAlpha = sampleCount == 2 || sampleCount == 4
    var values: [UInt8] = []
    values.reserveCapacity(samples.count)
    for start in stride(from: 0, to: samples.count, by: sampleCount) {
      let alpha = hasAlpha ? UInt64(samples[start + sampleCount - 1]) : 65_535
      for channel in 0..<(hasAlpha ? sampleCount - 1 : sampleCount) {
        let color = UInt64(samples[start + channel])
        values.append(UInt8(min(255, alpha == 0 ? 0 : (255 * color + alpha / 2) / alpha)))
      }
      if hasAlpha { values.append(UInt8((255 * alpha + 32_767) / 65_535)) }
    }
    self = Image(width: width, height: height, channels: sampleCount, pixels: values).rgba
  }
}

extension DecodedImage {
  /// An image from 16-bit samples, colors already multiplied by alpha.
  init(
    width: Int, height: Int, samples: [UInt16], sampleCount: Int, background: UInt8,
    _ spread: ClosedRange<Double>?, _ name: String
  ) throws {
    let channels = sampleCount > 2 ? 3 : 1
    if sampleCount == channels {
      try self.init(
        width: width, height: height, channels: channels, wide: samples, limit: 65_535, spread, name
      )
      return
    }
    guard spread != nil else {
      let image = Image(
        width: width, height: height, samples: samples, sampleCount: sampleCount,
        background: background)
      self.init(
        image: image,
        samples: SampleValues(
          least: 257 * Int(image.pixels.min() ?? 0), most: 257 * Int(image.pixels.max() ?? 0),
          limit: 65_535))
      return
    }
    var values: [UInt16] = []
    values.reserveCapacity(width * height * channels)
    for start in stride(from: 0, to: samples.count, by: sampleCount) {
      let behind = 257 * UInt32(background) * (65_535 - UInt32(samples[start + channels])) / 65_535
      for channel in 0..<channels {
        values.append(
          UInt16(truncatingIfNeeded: min(65_535, UInt32(samples[start + channel]) + behind)))
      }
    }
    try self.init(
      width: width, height: height, channels: channels, wide: values, limit: 65_535, spread, name)
  }
}
