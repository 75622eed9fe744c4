import JointVAEFiles
import CLibrary
import JointVAEKernels

/// One draw of a transformation: where each pixel of the copy comes from.
///
/// A pixel at p of the copy is read at `M (p - center) + center + move + bend(p)`, of the mirrored image
/// perhaps, and multiplied by a gain. M undoes the turn, the shear and the scaling; `bend` is a cubic B-spline
/// over a coarse grid of displacements, smooth in place and slope.
package struct ImageWarp {
  /// Numbers that a grid's side holds: 3 whole cells and the spline's reach.
  private static let gridSide = 6

  let size: ImageSize
  /// M by rows.
  private var matrix: (Float, Float, Float, Float)
  private var move: (x: Float, y: Float)
  /// Displacements in pixels, `[row, column]`.
  private var bend: (x: [Float], y: [Float])
  /// What values are multiplied by.
  private var gain: Float
  /// Whether the copy is of the mirrored image.
  private var isMirrored: Bool

  /// The draw of a sample in a step: a function of the seed and these alone.
  package init(
    _ transformation: ImageTransformation, size: ImageSize, seed: UInt64, step: Int, sample: Int
  ) {
    self.size = size
    let random = Philox(seed: seed)
    var numbers: [Float] = []
    let count = 8 + 2 * Self.gridSide * Self.gridSide
    for start in stride(from: 0, to: count, by: 4) {
      let words = random.words(
        SIMD4(
          UInt32(start), UInt32(sample), UInt32(truncatingIfNeeded: step),
          RandomPurpose.transformation.rawValue))
      // From -1 to 1.
      for i in 0..<4 { numbers.append(2 * Philox.uniform(words[i]) - 1) }
    }
    let angle = numbers[0] * Float(transformation.rotation) * .pi / 180
    let shear = numbers[1] * Float(transformation.shear)
    let width = 1 + numbers[2] * Float(transformation.scale)
    let height = 1 + numbers[3] * Float(transformation.scale)
    // (turn * shear * scale) inverted: scale^-1 * shear^-1 * turn^-1.
    let (c, s) = (cosf(angle), sinf(angle))
    matrix = (
      (c - shear * -s) / width, (s - shear * c) / width, -s / height, c / height
    )
    let (across, down) = (Float(size.width), Float(size.height))
    move = (
      numbers[4] * Float(transformation.shift) * across,
      numbers[5] * Float(transformation.shift) * down
    )
    let elastic = Float(transformation.elastic)
    let cells = Self.gridSide * Self.gridSide
    bend = (
      numbers[6..<6 + cells].map { $0 * (elastic * across) },
      numbers[6 + cells..<6 + 2 * cells].map { $0 * (elastic * down) }
    )
    gain = 1 + numbers[6 + 2 * cells] * Float(transformation.brightness)
    isMirrored = (numbers[7 + 2 * cells] + 1) / 2 < Float(transformation.mirroring)
  }

  /// The transformed copy of an image, `[y, x, channel]`.
  package func applied(to image: [UInt8], channels: Int) -> [UInt8] {
    precondition(image.count == size.pixelCount * channels)
    return [UInt8](filling: image.count) { buffer, count in
      image.withUnsafeBufferPointer { image in
        if let source = image.baseAddress, let destination = buffer.baseAddress {
          apply(source, channels: channels, to: destination)
        }
      }
      count = image.count
    }
  }

  /// Writes the transformed copy of an image, `[y, x, channel]`; what lies outside is as its edge.
  func apply(
    _ source: UnsafePointer<UInt8>, channels: Int, to destination: UnsafeMutablePointer<UInt8>
  ) {
    let (height, width) = (size.height, size.width)
    let rows = (0..<height).map { Self.spline(at: $0, of: height) }
    let columns = (0..<width).map { Self.spline(at: $0, of: width) }
    let (lastX, lastY) = (Float(width - 1), Float(height - 1))
    let (centerX, centerY) = (lastX / 2, lastY / 2)
    // The displacements of a row's knots, then of its pixels.
    var rowX = [Float](repeating: 0, count: Self.gridSide)
    var rowY = rowX
    for y in 0..<height {
      let vertical = rows[y]
      for column in 0..<Self.gridSide {
        (rowX[column], rowY[column]) = (0, 0)
        for tap in 0..<4 {
          let knot = (vertical.first + tap) * Self.gridSide + column
          rowX[column] += vertical.weights[tap] * bend.x[knot]
          rowY[column] += vertical.weights[tap] * bend.y[knot]
        }
      }
      let dy = Float(y) - centerY
      for x in 0..<width {
        let horizontal = columns[x]
        var (bentX, bentY): (Float, Float) = (0, 0)
        for tap in 0..<4 {
          bentX += horizontal.weights[tap] * rowX[horizontal.first + tap]
          bentY += horizontal.weights[tap] * rowY[horizontal.first + tap]
        }
        let dx = Float(x) - centerX
        let warpedX = matrix.0 * dx + matrix.1 * dy + centerX + move.x + bentX
        let fromX = isMirrored ? lastX - warpedX : warpedX
        let fromY = matrix.2 * dx + matrix.3 * dy + centerY + move.y + bentY
        let (x0, y0) = (min(max(fromX, 0), lastX), min(max(fromY, 0), lastY))
        let (left, top) = (Int(x0), Int(y0))
        let (shareX, shareY) = (x0 - Float(left), y0 - Float(top))
        let right = min(left + 1, width - 1)
        let bottom = min(top + 1, height - 1)
        for channel in 0..<channels {
          // Light leaves alpha, the last of 2 or 4, as it is.
          let gain = channels % 2 == 0 && channel == channels - 1 ? 1 : gain
          func value(_ x: Int, _ y: Int) -> Float {
            Float(source[(y * width + x) * channels + channel])
          }
          let above = value(left, top) * (1 - shareX) + value(right, top) * shareX
          let below = value(left, bottom) * (1 - shareX) + value(right, bottom) * shareX
          destination[(y * width + x) * channels + channel] = UInt8(
            min((above * (1 - shareY) + below * shareY) * gain, 255) + 0.5)
        }
      }
    }
  }

  /// The four knots around a pixel, and what each counts for: a uniform cubic B-spline (de Boor
  /// 1978).
  private static func spline(at pixel: Int, of length: Int) -> (first: Int, weights: SIMD4<Float>) {
    let place = Float(pixel) / Float(max(length - 1, 1)) * Float(gridSide - 3)
    let first = min(Int(place), gridSide - 4)
    let t = place - Float(first)
    let (t2, t3) = (t * t, t * t * t)
    return (
      first,
      SIMD4(1 - 3 * t + 3 * t2 - t3, 4 - 6 * t2 + 3 * t3, 1 + 3 * t + 3 * t2 - 3 * t3, t3) / 6
    )
  }
}
