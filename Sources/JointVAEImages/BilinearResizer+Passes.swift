// The two passes. Both add weights of 2^22 times 8-bit values to half of 2^22, then drop 22 bits.

private let half: Int32 = 1 << Int32(BilinearAxis.fractionBits - 1)

extension BilinearResizer {
  /// Mixes pixels along each of `count` rows: `oldWidth` of them become `newWidth`.
  func resizeRows(
    of source: UnsafePointer<UInt8>, count: Int, along axis: BilinearAxis,
    to destination: UnsafeMutablePointer<UInt8>
  ) {
    axis.starts.withUnsafeBufferPointer { starts in
      axis.weights.withUnsafeBufferPointer { weights in
        for y in 0..<count {
          let row = source + y * oldWidth * channels
          let output = destination + y * newWidth * channels
          if channels == 1 {
            mixGray(row, starts, weights, axis.tapCount, output)
          } else if channels == 3 {
            mixColor(row, starts, weights, axis.tapCount, output)
          } else {
            mixChannels(channels, row, starts, weights, axis.tapCount, output)
          }
        }
      }
    }
  }

  /// Mixes whole rows of `width` pixels: `oldHeight` of them become `newHeight`.
  func resizeColumns(
    of source: UnsafePointer<UInt8>, width: Int, along axis: BilinearAxis,
    to destination: UnsafeMutablePointer<UInt8>
  ) {
    let length = width * channels
    axis.weights.withUnsafeBufferPointer { weights in
      for y in 0..<newHeight {
        let rows = source + axis.starts[y] * length
        let rowWeights = UnsafeBufferPointer(
          rebasing: weights[y * axis.tapCount..<(y + 1) * axis.tapCount])
        mixRows(rows, length, rowWeights, destination + y * length)
      }
    }
  }
}

@inline(__always)
private func byte(_ sum: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: max(0, min(255, sum >> Int32(BilinearAxis.fractionBits))))
}

private func mixGray(
  _ row: UnsafePointer<UInt8>, _ starts: UnsafeBufferPointer<Int>,
  _ weights: UnsafeBufferPointer<Int32>, _ tapCount: Int, _ output: UnsafeMutablePointer<UInt8>
) {
  if tapCount == 2 {
    // Enlarging has two taps, and is what 28 to 32 pixels is: worth a loop of its own.
    for x in 0..<starts.count {
      let pixels = row + starts[x]
      output[x] = byte(
        half &+ Int32(pixels[0]) &* weights[2 &* x]
          &+ Int32(pixels[1]) &* weights[2 &* x &+ 1])
    }
    return
  }
  for x in 0..<starts.count {
    let pixels = row + starts[x]
    var sum = half
    for tap in 0..<tapCount {
      sum &+= Int32(pixels[tap]) &* weights[x &* tapCount &+ tap]
    }
    output[x] = byte(sum)
  }
}

private func mixColor(
  _ row: UnsafePointer<UInt8>, _ starts: UnsafeBufferPointer<Int>,
  _ weights: UnsafeBufferPointer<Int32>, _ tapCount: Int, _ output: UnsafeMutablePointer<UInt8>
) {
  for x in 0..<starts.count {
    let pixels = row + 3 &* starts[x]
    var red = half
    var green = half
    var blue = half
    for tap in 0..<tapCount {
      let weight = weights[x &* tapCount &+ tap]
      red &+= Int32(pixels[3 &* tap]) &* weight
      green &+= Int32(pixels[3 &* tap &+ 1]) &* weight
      blue &+= Int32(pixels[3 &* tap &+ 2]) &* weight
    }
    output[3 &* x] = byte(red)
    output[3 &* x &+ 1] = byte(green)
    output[3 &* x &+ 2] = byte(blue)
  }
}

private func mixChannels(
  _ channels: Int, _ row: UnsafePointer<UInt8>, _ starts: UnsafeBufferPointer<Int>,
  _ weights: UnsafeBufferPointer<Int32>, _ tapCount: Int, _ output: UnsafeMutablePointer<UInt8>
) {
  for x in 0..<starts.count {
    for channel in 0..<channels {
      var sum = half
      for tap in 0..<tapCount {
        sum &+=
          Int32(row[channels &* (starts[x] &+ tap) &+ channel]) &* weights[x &* tapCount &+ tap]
      }
      output[channels &* x &+ channel] = byte(sum)
    }
  }
}

private func mixRows(
  _ rows: UnsafePointer<UInt8>, _ length: Int, _ weights: UnsafeBufferPointer<Int32>,
  _ output: UnsafeMutablePointer<UInt8>
) {
  var x = 0
  // Sixteen columns at a time, then those left over.
  while x + 16 <= length {
    var sums = SIMD16<Int32>(repeating: half)
    for tap in 0..<weights.count {
      let pixels = UnsafeRawPointer(rows + tap &* length + x)
        .loadUnaligned(as: SIMD16<UInt8>.self)
      sums &+= SIMD16<Int32>(truncatingIfNeeded: pixels) &* weights[tap]
    }
    sums = (sums &>> Int32(BilinearAxis.fractionBits)).clamped(
      lowerBound: SIMD16(repeating: 0), upperBound: SIMD16(repeating: 255))
    UnsafeMutableRawPointer(output + x).storeBytes(
      of: SIMD16<UInt8>(truncatingIfNeeded: sums), as: SIMD16<UInt8>.self)
    x += 16
  }
  while x < length {
    var sum = half
    for tap in 0..<weights.count {
      sum &+= Int32(rows[tap &* length &+ x]) &* weights[tap]
    }
    output[x] = byte(sum)
    x += 1
  }
}
