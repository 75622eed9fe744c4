import JointVAEKernels

/// A pass through a dense layer, cut into pieces for the workers: a few panels by a block of samples each.
///
/// The pieces change the time a pass takes, and no bit of its result.
struct DenseJob {
  /// Panels of 32 units.
  let panels: Int
  /// Samples of the batch.
  let samples: Int
  private let together: Int
  private let blocks: Int
  private static let blockSize = 32

  init(panels: Int, samples: Int) {
    self.panels = panels
    self.samples = samples
    together = DenseLayer.panelsTogether(samples: samples)
    blocks = (samples + Self.blockSize - 1) / Self.blockSize
  }

  /// How many pieces there are.
  var count: Int { (panels + together - 1) / together * blocks }

  /// The panels and the samples of piece `index`; the samples start at a multiple of 8.
  subscript(index: Int) -> (panels: Range<Int>, samples: Range<Int>) {
    let panel = index / blocks * together
    let sample = index % blocks * Self.blockSize
    return (
      panel..<min(panel + together, panels), sample..<min(sample + Self.blockSize, samples)
    )
  }
}
