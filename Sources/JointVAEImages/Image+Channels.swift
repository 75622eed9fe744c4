extension Image {
  /// The image in gray, one channel; a gray one is returned as it is. What is transparent shows white.
  ///
  /// Luma is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), with weights of 16 bits rounded
  /// to nearest as Pillow's `convert("L")` has it.
  public var gray: Image {
    guard !hasAlpha else { return composed().gray }
    guard channels == 3 else { return self }
    let luma = (0..<width * height).map { pixel in
      let weighted =
        19_595 * UInt32(pixels[3 * pixel]) + 38_470 * UInt32(pixels[3 * pixel + 1])
        + 7_471 * UInt32(pixels[3 * pixel + 2])
      return UInt8(truncatingIfNeeded: (weighted + 0x8000) >> 16)
    }
    return Image(width: width, height: height, channels: 1, pixels: luma)
  }

  /// The image in three channels, equal ones where it was gray. What is transparent shows white.
  public var rgb: Image {
    guard !hasAlpha else { return composed().rgb }
    guard channels == 1 else { return self }
    var values: [UInt8] = []
    values.reserveCapacity(3 * pixels.count)
    for value in pixels {
      values.append(value)
      values.append(value)
      values.append(value)
    }
    return Image(width: width, height: height, channels: 3, pixels: values)
  }
}
