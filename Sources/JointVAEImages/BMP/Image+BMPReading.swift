import JointVAEFiles

extension Image {
  /// Decodes a BMP image: 1, 4 or 8 bits with a palette, plain or in runs, or 16, 24 or 32 bits.
  ///
  /// Palettes of nothing but grays give one channel, all others three. Alpha counts where a mask names it.
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - background: The gray that shows through where the image is transparent.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for a file that is not a BMP, is damaged or cut off, or exceeds `limits`.
  public init(
    bmp bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    let header = try BMPHeader(bytes, name: name, limits: limits)
    let decoder = BMPDecoder(header: header, file: BMPBytes(bytes, name: name))
    if header.bitCount <= 8 {
      self = try decoder.indexed()
    } else {
      self = try decoder.colored(background)
    }
  }
}

/// The pixels of a BMP file.
private struct BMPDecoder {
  let header: BMPHeader
  let file: BMPBytes

  private func damage(_ what: String) -> FileError {
    FileError(file.name, "is a damaged BMP image: \(what)")
  }

  /// The row of the image that is stored at `place`.
  private func row(at place: Int) -> Int {
    header.isTopDown ? place : header.height - 1 - place
  }

  /// The place where each stored row begins.
  private func rows() throws -> StrideTo<Int> {
    // Rows end at multiples of 32 bits.
    let length = (header.width * header.bitCount + 31) / 32 * 4
    let end = header.pixelOffset + length * header.height
    guard end <= file.bytes.count else { throw file.cutOff }
    return stride(from: header.pixelOffset, to: end, by: length)
  }

  // MARK: Numbers of a palette

  func indexed() throws -> Image {
    let numbers =
      header.encoding == .plain
      ? try plainNumbers()
      : try BMPRuns(header: header, file: file).numbers()
    let palette = header.palette
    let isGray = palette.allSatisfy { $0[0] == $0[1] && $0[0] == $0[2] }
    let channels = isGray ? 1 : 3
    guard Int(numbers.max() ?? 0) < palette.count else {
      throw damage("a pixel is not among the \(palette.count) colors")
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(numbers.count * channels)
    for number in numbers {
      let color = palette[Int(number)]
      if isGray { pixels.append(color[0]) } else { pixels.append(contentsOf: color) }
    }
    return Image(width: header.width, height: header.height, channels: channels, pixels: pixels)
  }

  private func plainNumbers() throws -> [UInt8] {
    var numbers = [UInt8](repeating: 0, count: header.width * header.height)
    let (bits, perByte) = (header.bitCount, 8 / header.bitCount)
    let mask = UInt8(truncatingIfNeeded: (1 << bits) - 1)
    for (place, start) in try rows().enumerated() {
      let target = row(at: place) * header.width
      for x in 0..<header.width {
        let byte = file.bytes[start + x / perByte]
        numbers[target + x] = byte >> UInt8((perByte - 1 - x % perByte) * bits) & mask
      }
    }
    return numbers
  }

  // MARK: Colors

  func colored(_ background: UInt8) throws -> Image {
    var pixels = [UInt8](repeating: 0, count: 3 * header.width * header.height)
    let width = header.bitCount / 8
    let fields = header.masks.map(BMPField.init)
    let isPlain = header.bitCount == 24
    for (place, start) in try rows().enumerated() {
      var target = 3 * row(at: place) * header.width
      var source = start
      for _ in 0..<header.width {
        if isPlain {
          for channel in 0..<3 { pixels[target + channel] = file.bytes[source + 2 - channel] }
        } else {
          var number: UInt32 = 0
          for byte in 0..<width { number |= UInt32(file.bytes[source + byte]) << UInt32(8 * byte) }
          let alpha = header.masks[3] == 0 ? 255 : UInt32(fields[3].byte(of: number))
          for channel in 0..<3 {
            let color = UInt32(fields[channel].byte(of: number))
            let mixed = color * alpha + UInt32(background) * (255 - alpha)
            pixels[target + channel] = UInt8(truncatingIfNeeded: (mixed + 127) / 255)
          }
        }
        target += 3
        source += width
      }
    }
    return Image(width: header.width, height: header.height, channels: 3, pixels: pixels)
  }
}

/// The bits of a color within a pixel.
private struct BMPField {
  let mask: UInt32
  let shift: UInt32
  /// The largest value.
  let limit: UInt32

  init(_ mask: UInt32) {
    self.mask = mask
    shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
    limit = max(1, mask >> shift)
  }

  /// The color as 0...255, rounded.
  func byte(of pixel: UInt32) -> UInt8 {
    let value = UInt64((pixel & mask) >> shift)
    return UInt8(truncatingIfNeeded: (value * 255 + UInt64(limit / 2)) / UInt64(limit))
  }
}
