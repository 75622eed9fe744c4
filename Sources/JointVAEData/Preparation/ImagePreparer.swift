import JointVAE
import JointVAEImages

/// Turns images of any size into what the model takes: one shape, gray or colored.
struct ImagePreparer: Sendable {
  /// A part of an image that a data set is known to show its subject in.
  struct Box: Hashable, Codable, Sendable {
    /// Pixels from the left and the top edge.
    var x: Int
    var y: Int
    /// Height and width in pixels.
    var side: Int
  }

  /// Height and width of the prepared images, in pixels.
  let size: ImageSize
  /// Channels of the prepared images.
  let channels: Int
  /// What is done to images of another shape.
  let fit: ImagePreparation.Fit
  /// The part to cut out first, of images that are large enough for it.
  let box: Box?

  /// Values of a prepared image.
  var valueCount: Int { size.pixelCount * channels }

  /// The prepared `image`.
  func prepared(_ image: Image) -> Image {
    let colored = channels == 1 ? image.gray : channels == 4 ? image.rgba : image
    let resized = fitted(cut(colored))
    return channels == 3 ? resized.rgb : resized
  }

  /// Whether images of this shape are only resized.
  func onlyResizes(width: Int, height: Int, channels: Int) -> Bool {
    channels == self.channels && box == nil && (hasShape(width, height) || fit == .stretch)
  }

  /// Whether images of `width` by `height` pixels have the shape of the prepared ones: none is cut, padded or stretched.
  func hasShape(_ width: Int, _ height: Int) -> Bool {
    width * size.height == height * size.width
  }

  private func cut(_ image: Image) -> Image {
    if let box, box.x + box.side <= image.width, box.y + box.side <= image.height {
      return cutToShape(
        image.cropped(x: box.x, y: box.y, width: box.side, height: box.side))
    }
    return cutToShape(image)
  }

  private func cutToShape(_ image: Image) -> Image {
    guard fit == .crop, !hasShape(image.width, image.height) else { return image }
    // Rounded to the nearest, and never nothing.
    var (width, height) = (image.width, image.height)
    if width * size.height > height * size.width {
      width = max(1, (height * size.width + size.height / 2) / size.height)
    } else {
      height = max(1, (width * size.height + size.width / 2) / size.width)
    }
    return image.cropped(
      x: (image.width - width) / 2, y: (image.height - height) / 2, width: width, height: height)
  }

  private func fitted(_ image: Image) -> Image {
    guard fit == .pad, !hasShape(image.width, image.height) else {
      return image.resized(width: size.width, height: size.height)
    }
    // Rounded to the nearest, and never nothing.
    var (width, height) = (size.width, size.height)
    if image.width * size.height > image.height * size.width {
      height = max(1, (image.height * size.width + image.width / 2) / image.width)
    } else {
      width = max(1, (image.width * size.height + image.height / 2) / image.height)
    }
    return image.resized(width: width, height: height).padded(to: size, with: image.borderColor)
  }
}

extension Image {
  /// The part of the image that begins at `x`, `y`.
  ///
  /// - Precondition: it lies within the image.
  fileprivate func cropped(x: Int, y: Int, width: Int, height: Int) -> Image {
    precondition(x >= 0 && y >= 0 && x + width <= self.width && y + height <= self.height)
    var values: [UInt8] = []
    values.reserveCapacity(width * height * channels)
    for row in y..<y + height {
      let start = (row * self.width + x) * channels
      values.append(contentsOf: pixels[start..<start + width * channels])
    }
    return Image(width: width, height: height, channels: channels, pixels: values)
  }

  /// The image in the middle of a rectangle of `color`.
  fileprivate func padded(to size: ImageSize, with color: [UInt8]) -> Image {
    let (left, top) = ((size.width - width) / 2, (size.height - height) / 2)
    var values: [UInt8] = []
    values.reserveCapacity(size.pixelCount * channels)
    for y in 0..<size.height {
      for x in 0..<size.width {
        let isInside = (left..<left + width).contains(x) && (top..<top + height).contains(y)
        let start = ((y - top) * width + x - left) * channels
        values.append(contentsOf: isInside ? pixels[start..<start + channels] : color[...])
      }
    }
    return Image(width: size.width, height: size.height, channels: channels, pixels: values)
  }

  /// The median of the outermost pixels, channel by channel.
  fileprivate var borderColor: [UInt8] {
    (0..<channels).map { channel in
      var values: [UInt8] = []
      for x in 0..<width {
        values.append(self[x: x, y: 0, channel: channel])
        values.append(self[x: x, y: height - 1, channel: channel])
      }
      for y in 0..<height {
        values.append(self[x: 0, y: y, channel: channel])
        values.append(self[x: width - 1, y: y, channel: channel])
      }
      values.sort()
      return values[values.count / 2]
    }
  }
}
