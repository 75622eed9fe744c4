/// How a camera was held, by the numbers of EXIF (CIPA DC-008, tag 0112).
enum ImageOrientation: Int, CaseIterable {
  case upright = 1
  case mirrored
  case upsideDown
  case mirroredUpsideDown
  case transposed
  /// Turned to the right by a quarter to stand upright.
  case rightTurned
  case transversed
  case leftTurned

  /// Whether rows become columns.
  var exchangesSides: Bool { rawValue >= Self.transposed.rawValue }

  /// The size of the upright image whose pixels are stored as `width` by `height`.
  func size(width: Int, height: Int) -> (width: Int, height: Int) {
    exchangesSides ? (height, width) : (width, height)
  }

  /// The way through the stored pixels, counted row by row from the top.
  ///
  /// - Returns: where the first upright pixel is, and the steps to the right and down from one.
  fileprivate func path(width: Int, height: Int) -> (start: Int, right: Int, down: Int) {
    let lastColumn = width - 1
    let lastRow = (height - 1) * width
    return switch self {
    case .upright: (0, 1, width)
    case .mirrored: (lastColumn, -1, width)
    case .upsideDown: (lastRow + lastColumn, -1, -width)
    case .mirroredUpsideDown: (lastRow, 1, -width)
    case .transposed: (0, width, 1)
    case .rightTurned: (lastRow, -width, 1)
    case .transversed: (lastRow + lastColumn, -width, -1)
    case .leftTurned: (lastColumn, width, -1)
    }
  }
}

extension Image {
  /// The upright image of one that is stored in `orientation`.
  func upright(from orientation: ImageOrientation) -> Image {
    guard orientation != .upright else { return self }
    let size = orientation.size(width: width, height: height)
    let path = orientation.path(width: width, height: height)
    var result = Image(width: size.width, height: size.height, channels: channels)
    let channels = channels
    result.withUnsafeMutablePixels { target in
      pixels.withUnsafeBufferPointer { source in
        for y in 0..<size.height {
          for x in 0..<size.width {
            let from = (path.start + y * path.down + x * path.right) * channels
            let to = (y * size.width + x) * channels
            for channel in 0..<channels { target[to + channel] = source[from + channel] }
          }
        }
      }
    }
    return result
  }
}
