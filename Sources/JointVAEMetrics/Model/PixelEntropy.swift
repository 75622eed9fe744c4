import Foundation
import JointVAE

/// The least cross-entropy that gray images allow.
///
/// For a value x between 0 and 1, `-x log r - (1 - x) log(1 - r)` is least at r = x, where it is the entropy of a coin that
/// falls on white with probability x. Only for black and white values is that 0.
enum PixelEntropy {
  /// The mean over all values of all images, in nats.
  static func mean(of images: some ImageSource) -> Double {
    let valueCount = images.imageShape.valueCount
    let entropies = (0...255).map { byte in
      let x = Double(byte) / 255
      return x == 0 || x == 1 ? 0 : -x * log(x) - (1 - x) * log(1 - x)
    }
    var counts = [Int](repeating: 0, count: 256)
    let batch = 256
    var bytes = [UInt8](repeating: 0, count: min(batch, images.count) * valueCount)
    for start in stride(from: 0, to: images.count, by: batch) {
      let indices = Array(start..<min(start + batch, images.count))
      bytes.withUnsafeMutableBufferPointer { buffer in
        let part = UnsafeMutableBufferPointer(rebasing: buffer[..<(indices.count * valueCount)])
        images.copyImages(at: indices[...], to: part)
        for byte in part { counts[Int(byte)] += 1 }
      }
    }
    var sum = 0.0
    for (count, entropy) in zip(counts, entropies) { sum += Double(count) * entropy }
    return sum / Double(max(1, images.count * valueCount))
  }
}
