/// Colors of frames brought to those of a palette, with the error of each pixel spread over its
/// neighbors (Floyd and Steinberg 1976), so that smooth shades do not become bands.
///
/// A pixel whose color is that of the frame before keeps its number: what does not move does not
/// flicker, and costs nothing in the file. Black and white take no errors and pass none on: letters
/// and backgrounds stay clean.
struct Dithering {
  private let palette: Palette
  private let search: NearestPosition
  /// The number of each color's nearest in the palette, plus one; 0 where not asked for yet.
  private var numbers = [UInt16](repeating: 0, count: 1 << 24)
  private var previous: (image: Image, indices: [UInt8])?

  init(_ palette: Palette) {
    self.palette = palette
    search = NearestPosition(palette.colors.map(LumaChroma.position(of:)))
  }

  /// The numbers of the colors for the next frame.
  mutating func indices(of image: Image) -> [UInt8] {
    let width = image.width
    var indices = [UInt8](repeating: 0, count: width * image.height)
    // Sixteenths of levels, for this row and the next, with a pixel more at both ends.
    var errors = [SIMD4<Int32>](repeating: .zero, count: width + 2)
    var below = errors
    for y in 0..<image.height {
      // Rows alternate in direction, so that errors do not drift to one side.
      let step = y % 2 == 0 ? 1 : -1
      var x = step == 1 ? 0 : width - 1
      while x >= 0 && x < width {
        let pixel = y * width + x
        let color = image.color(at: pixel)
        if let previous, previous.image.color(at: pixel) == color {
          indices[pixel] = previous.indices[pixel]
        } else if color.isBlackOrWhite {
          indices[pixel] = nearest(color.levels)
        } else {
          let sum = (color.levels &* 16 &+ errors[x + 1] &+ 8) &>> 4
          let clamped = sum.clamped(lowerBound: .zero, upperBound: SIMD4(repeating: 255))
          let index = nearest(clamped)
          indices[pixel] = index
          let error = clamped &- palette.colors[Int(index)].levels
          errors[x + 1 + step] &+= error &* 7
          below[x + 1 - step] &+= error &* 3
          below[x + 1] &+= error &* 5
          below[x + 1 + step] &+= error
        }
        x += step
      }
      swap(&errors, &below)
      for index in below.indices { below[index] = .zero }
    }
    previous = (image, indices)
    return indices
  }

  private mutating func nearest(_ color: SIMD4<Int32>) -> UInt8 {
    let key = Int(color.x) << 16 | Int(color.y) << 8 | Int(color.z)
    if numbers[key] == 0 {
      let position = LumaChroma.position(
        red: Float(color.x), green: Float(color.y), blue: Float(color.z))
      numbers[key] = UInt16(search.index(of: position) + 1)
    }
    return UInt8(truncatingIfNeeded: numbers[key] - 1)
  }
}
