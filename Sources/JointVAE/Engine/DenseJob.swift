import JointVAEKernels

/// A pass through a dense layer, cut into pieces for the workers: a few panels by a block of samples each.
///
/// The pieces change the time a pass takes, and no bit of its result.
struct DenseJob {
  /// Panels of 32 units.
  let panels: Int
  /// Samples of the batch.
  let samples: Range<Int>
  private let together: Int
  private let start: Int
  private let blocks: Int
  private static let blockSize = 32

  init(panels: Int, samples: Range<Int>) {
    self.panels = panels
    self.samples = samples
    together = DenseLayer.panelsTogether(samples: samples.count)
    start = SampleBlocks.start(of: samples)
    blocks = (samples.upperBound - start + Self.blockSize - 1) / Self.blockSize
  }

  /// How many pieces there are.
  var count: Int { (panels + together - 1) / together * blocks }

  /// The panels and the samples of piece `index`; the samples start at a multiple of 8.
  subscript(index: Int) -> (panels: Range<Int>, samples: Range<Int>) {
    let panel = index / blocks * together
    let sample = start + index % blocks * Self.blockSize
    return (
      panel..<min(panel + together, panels),
      sample..<min(sample + Self.blockSize, samples.upperBound)
    )
  }
}

/// Samples in blocks of 8, as the kernels of dense layers take them.
///
/// The first block begins at a multiple of 8, and may have samples in front that are not asked for.
struct SampleBlocks {
  private let samples: Range<Int>
  private let start: Int

  init(_ samples: Range<Int>) {
    self.samples = samples
    start = Self.start(of: samples)
  }

  /// The multiple of 8 at or before the first sample.
  static func start(of samples: Range<Int>) -> Int { samples.lowerBound / 8 * 8 }

  /// How many blocks there are.
  var count: Int { samples.isEmpty ? 0 : (samples.upperBound - start + 7) / 8 }

  /// The samples of block `index`.
  subscript(index: Int) -> Range<Int> {
    start + index * 8..<min(start + index * 8 + 8, samples.upperBound)
  }
}
