/// A color of 8 bits a channel.
struct Color: Hashable, Sendable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  /// The channels as numbers to calculate with, and a zero.
  var levels: SIMD4<Int32> { SIMD4(Int32(red), Int32(green), Int32(blue), 0) }

  /// Whether it is pure black or pure white.
  var isBlackOrWhite: Bool { red == green && green == blue && (red == 0 || red == 255) }
}

/// At most 256 colors, for all frames of an animation.
///
/// One palette for all frames, not one a frame: a pixel that does not change keeps its color to
/// the bit, nothing flickers, and 768 bytes are written once.
struct Palette: Equatable, Sendable {
  var colors: [Color]

  /// The colors, filled up with black to 2, 4, 8 ... 256 as a GIF stores them.
  var paddedColors: [Color] {
    var count = 2
    while count < colors.count { count *= 2 }
    return colors
      + repeatElement(Color(red: 0, green: 0, blue: 0), count: count - colors.count)
  }

  /// Every gray, at the place of its value.
  static var grays: Palette {
    Palette(colors: (0...255).map { Color(red: $0, green: $0, blue: $0) })
  }

  /// The colors of RGB `images` when they are at most 256, in order; `nil` when there are more.
  static func exact(_ images: [Image]) -> Palette? {
    var colors: Set<Color> = []
    var last: Color?
    for image in images {
      for pixel in 0..<image.width * image.height {
        let color = image.color(at: pixel)
        // Neighbors are often equal, and comparing is cheaper than hashing.
        guard color != last else { continue }
        last = color
        colors.insert(color)
        if colors.count > 256 { return nil }
      }
    }
    return Palette(
      colors: colors.sorted { ($0.red, $0.green, $0.blue) < ($1.red, $1.green, $1.blue) })
  }
}

extension Image {
  /// The color of pixel number `index` of an RGB image, row by row.
  func color(at index: Int) -> Color {
    Color(red: pixels[3 * index], green: pixels[3 * index + 1], blue: pixels[3 * index + 2])
  }
}
