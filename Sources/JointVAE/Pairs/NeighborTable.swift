import JointVAEKernels

/// For each image the images that are most like it, nearest first.
package struct NeighborTable: Equatable, Sendable {
  /// Neighbors of each image.
  package let width: Int
  /// `[image, neighbor]`: numbers of images.
  package let indices: [Int]

  /// Images.
  package var count: Int { width == 0 ? 0 : indices.count / width }

  /// A table of known numbers; nil where they are no table of images of this set.
  package init?(width: Int, indices: [Int]) {
    guard width > 0, indices.count % width == 0 else { return nil }
    let count = indices.count / width
    guard indices.allSatisfy({ (0..<count).contains($0) }) else { return nil }
    self.width = width
    self.indices = indices
  }

  /// Which image is the twin of image `index` as sample `sample` of a step: a function of the seed and these alone.
  ///
  /// - Parameter share: the share of twins that are neighbors; the others are the image itself.
  package func twin(of index: Int, share: Double, seed: UInt64, step: Int, sample: Int) -> Int {
    let words = Philox(seed: seed).words(
      SIMD4(
        0, UInt32(sample), UInt32(truncatingIfNeeded: step), RandomPurpose.neighbor.rawValue))
    guard Double(Philox.uniform(words[0])) < share else { return index }
    let place = min(Int(Philox.uniform(words[1]) * Float(width)), width - 1)
    return indices[index * width + place]
  }
}

extension NeighborTable {
  /// The `width` vectors with the largest cosine to each, itself apart; of equal ones the first. Every pair is compared.
  ///
  /// The numbers do not depend on the threads. A vector of zeros has a cosine of 0 to all others.
  ///
  /// - Parameters:
  ///   - width: below `count`.
  ///   - vectors: `[vector, unit]`; it is overwritten with vectors of length 1.
  ///   - count: vectors.
  ///   - units: numbers of each, a multiple of 32.
  package init(
    nearest width: Int, of vectors: FloatBuffer, count: Int, units: Int, workers: Workers,
    instructions: InstructionSet
  ) {
    precondition(width < count && vectors.count >= Self.rows(count) * units)
    let search = NeighborSearch(
      vectors, count: count, units: units, workers: workers, instructions: instructions)
    var indices = [Int](repeating: 0, count: count * width)
    indices.withUnsafeMutableBufferPointer { indices in
      workers.run((count + NeighborSearch.block - 1) / NeighborSearch.block) { block, worker in
        let start = block * NeighborSearch.block
        let found = search.nearest(width, block: block, worker: worker)
        for (place, index) in found.enumerated() { indices[start * width + place] = index }
      }
    }
    self.width = width
    self.indices = indices
  }

  /// Rows of a buffer for `count` vectors: whole panels.
  package static func rows(_ count: Int) -> Int { (count + 31) / 32 * 32 }
}

/// Compares every vector with every other, a block of them with a few panels of others at a time.
private struct NeighborSearch {
  /// Vectors whose neighbors are found together.
  static let block = 256
  /// Panels of 32 vectors that they are compared with at a time: 256 KB of 256 units, which a second-level cache holds.
  private static let strip = 8

  private let count: Int
  private let units: Int
  private let vectors: FloatBuffer
  /// The same as the weights of a dense layer: `[count/32][unit][32]`.
  private let packed: FloatBuffer
  private let zeros = FloatBuffer(count: strip * 32)
  /// For each worker the cosines of a block with a strip.
  private let cosines: [FloatBuffer]
  private let layer: DenseLayer
  private let instructions: InstructionSet

  init(
    _ vectors: FloatBuffer, count: Int, units: Int, workers: Workers, instructions: InstructionSet
  ) {
    self.count = count
    self.units = units
    self.vectors = vectors
    self.instructions = instructions
    layer = DenseLayer(
      input: VectorLayout(flat: units), output: VectorLayout(flat: Self.strip * 32))
    cosines = (0..<workers.count).map { _ in FloatBuffer(count: Self.block * Self.strip * 32) }
    let packed = FloatBuffer(count: NeighborTable.rows(count) * units)
    workers.run(NeighborTable.rows(count) / 32) { panel, _ in
      for lane in 0..<32 {
        let vector = vectors.start + (panel * 32 + lane) * units
        let length = (0..<units).reduce(0.0) { $0 + Double(vector[$1]) * Double(vector[$1]) }
          .squareRoot()
        let factor = length > 0 ? Float(1 / length) : 0
        for unit in 0..<units {
          vector[unit] *= factor
          packed.start[(panel * units + unit) * 32 + lane] = vector[unit]
        }
      }
    }
    self.packed = packed
  }

  /// The neighbors of a block's vectors, one row after the other.
  func nearest(_ width: Int, block: Int, worker: Int) -> [Int] {
    let rows = block * Self.block..<min((block + 1) * Self.block, count)
    var best = [Float](repeating: -.infinity, count: rows.count * width)
    var indices = [Int](repeating: 0, count: rows.count * width)
    let cosines = cosines[worker].start
    let panels = NeighborTable.rows(count) / 32
    for first in stride(from: 0, to: panels, by: Self.strip) {
      layer.forward(
        vectors.start + rows.lowerBound * units, weights: packed.start + first * 32 * units,
        bias: zeros.start, to: cosines, panels: 0..<min(Self.strip, panels - first),
        samples: 0..<rows.count, epilogue: .none, on: instructions)
      let candidates = first * 32..<min((first + Self.strip) * 32, count)
      best.withUnsafeMutableBufferPointer { best in
        indices.withUnsafeMutableBufferPointer { indices in
          for row in 0..<rows.count {
            let values = cosines + row * Self.strip * 32
            let last = (row + 1) * width - 1
            for place in 0..<candidates.count
            where values[place] > best[last]
              && candidates.lowerBound + place != rows.lowerBound + row
            {
              // Insertion keeps the row sorted; equal ones stay in the order of their numbers.
              var slot = last
              while slot > row * width, best[slot - 1] < values[place] {
                best[slot] = best[slot - 1]
                indices[slot] = indices[slot - 1]
                slot -= 1
              }
              best[slot] = values[place]
              indices[slot] = candidates.lowerBound + place
            }
          }
        }
      }
    }
    return indices
  }
}
