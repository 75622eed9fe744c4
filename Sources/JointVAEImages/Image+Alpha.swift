// Images whose last channel is alpha, 0 for what is transparent to 255: gray and alpha, or red, green, blue and alpha.

extension Image {
  /// Whether the last channel is alpha.
  public var hasAlpha: Bool { channels == 2 || channels == 4 }

  /// The image without alpha, mixed with a gray where it is transparent; one without alpha is returned as it is.
  ///
  /// Mixing is done on the stored values, as browsers do, rounded to nearest.
  /// - Parameter background: the gray that shows through.
  public func composed(on background: UInt8 = 255) -> Image {
    guard hasAlpha else { return self }
    let colors = channels - 1
    var values: [UInt8] = []
    values.reserveCapacity(width * height * colors)
    for start in stride(from: 0, to: pixels.count, by: channels) {
      let alpha = UInt32(pixels[start + colors])
      let behind = UInt32(background) * (255 - alpha)
      for channel in 0..<colors {
        let mixed = UInt32(pixels[start + channel]) * alpha + behind
        values.append(UInt8(truncatingIfNeeded: (mixed + 127) / 255))
      }
    }
    return Image(width: width, height: height, channels: colors, pixels: values)
  }

  /// The image in red, green, blue and alpha, opaque where it had none.
  public var rgba: Image {
    guard channels != 4 else { return self }
    let colors = hasAlpha ? channels - 1 : channels
    var values: [UInt8] = []
    values.reserveCapacity(4 * width * height)
    for start in stride(from: 0, to: pixels.count, by: channels) {
      for channel in 0..<3 { values.append(pixels[start + (colors == 1 ? 0 : channel)]) }
      values.append(hasAlpha ? pixels[start + colors] : 255)
    }
    return Image(width: width, height: height, channels: 4, pixels: values)
  }

  /// Colors multiplied by alpha, rounded as Pillow does, so that what is transparent lends no color to its neighbors.
  var premultiplied: Image {
    mappingColors { color, alpha in
      let product = UInt32(color) * alpha + 128
      return ((product >> 8) + product) >> 8
    }
  }

  /// Colors divided by alpha: what `premultiplied` was made of, but for rounding.
  var unpremultiplied: Image {
    mappingColors { color, alpha in
      alpha == 0 || alpha == 255 ? UInt32(color) : min(255, 255 * UInt32(color) / alpha)
    }
  }

  private func mappingColors(_ map: (_ color: UInt8, _ alpha: UInt32) -> UInt32) -> Image {
    guard hasAlpha else { return self }
    var image = self
    let channels = channels
    image.withUnsafeMutablePixels { pixels in
      for start in stride(from: 0, to: pixels.count, by: channels) {
        let alpha = UInt32(pixels[start + channels - 1])
        for place in start..<start + channels - 1 {
          pixels[place] = UInt8(truncatingIfNeeded: map(pixels[place], alpha))
        }
      }
    }
    return image
  }
}
