import CTiles

// Planes are computed by fours of neighboring pixels in a row, two of them in a call.

/// A pixel of a plane.
typealias Pixel = (y: Int, x: Int)

/// Where a tile reads and writes, in floats from the start of its planes.
struct TilePlace {
  let input: Int
  let output: Int
}

extension Plane {
  /// Columns that fours cover.
  var tiledColumns: Int { StridedConvolution.roundedUp(width, to: 4) }

  /// Calls `body` with the first pixels of two fours at a time. Where their number is odd, the last one is alone.
  @inline(__always)
  func forEachPairOfFours(_ body: (_ first: Pixel, _ second: Pixel?) -> Void) {
    let across = tiledColumns / 4
    let count = across * height
    for first in stride(from: 0, to: count, by: 2) {
      let second = first + 1
      body(
        (first / across, first % across * 4),
        second < count ? (second / across, second % across * 4) : nil)
    }
  }
}

extension CTilesProduct {
  /// Computes the 8 pixels at two places, or the 4 at the first one.
  ///
  /// - Parameters:
  ///   - mask: laid out as the output.
  @inline(__always)
  mutating func compute(
    _ first: TilePlace, _ second: TilePlace?, from input: UnsafePointer<Float>,
    to output: UnsafeMutablePointer<Float>, mask: UnsafePointer<Float>?,
    on instructions: InstructionSet
  ) {
    let other = second ?? first
    input0 = input + first.input
    input1 = input + other.input
    output0 = output + first.output
    output1 = output + other.output
    if let mask {
      mask0 = mask + first.output
      mask1 = mask + other.output
    }
    if second == nil {
      instructions.tiles.pointee.narrowProduct(&self, 4, 1, 0)
    } else {
      instructions.tiles.pointee.product(&self)
    }
  }
}
