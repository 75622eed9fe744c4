import CTiles

/// Where the vectors of a batch lie: each is `rows` runs of `run` neighboring floats.
///
/// A flat vector is one run; a 4x4 plane with its border is four.
public struct VectorLayout: Hashable, Sendable {
  /// Floats from a sample to the next.
  public var sample: Int
  /// Runs a vector.
  public var rows: Int
  /// Floats from a run to the next.
  public var row: Int
  /// Floats a run, a multiple of 32.
  public var run: Int
  /// From a sample's start to its first run.
  public var origin: Int

  /// Vectors of `count` neighboring floats.
  public init(flat count: Int) {
    precondition(count % 32 == 0)
    (sample, rows, row, run, origin) = (count, 1, count, count, 0)
  }

  /// Vectors that are the pixels of a plane, row by row.
  public init(_ plane: Plane) {
    (sample, rows, row, run) = (plane.count, plane.height, plane.row, plane.width * plane.channels)
    origin = plane.offset(y: 0, x: 0)
    precondition(run % 32 == 0)
  }

  /// Numbers of one vector.
  public var count: Int { rows * run }

  /// Where element `index` of sample 0 stands.
  @inline(__always) func offset(_ index: Int) -> Int { origin + index / run * row + index % run }
}

/// `output = input W + bias` for a batch, by panels of 32 outputs.
///
/// Shape letters: I inputs, O outputs, both multiples of 32 (unused ones have zero weights); n sample.
/// Weights stand as `[O/32][I][32]`; the backward pass reads them transposed, `[I/32][O][32]`.
/// Samples are taken 8 at a time, and the last ones 1, 2 or 4: buffers hold a multiple of 8, and what the extra rows
/// hold does not matter.
public struct DenseLayer: Hashable, Sendable {
  /// I, where the inputs lie.
  public let input: VectorLayout
  /// O, where the outputs lie.
  public let output: VectorLayout

  /// A layer between vectors laid out as `input` and as `output`.
  public init(input: VectorLayout, output: VectorLayout) {
    self.input = input
    self.output = output
  }

  /// I * O.
  public var weightCount: Int { input.count * output.count }

  /// Panels of 32 outputs.
  public var outputPanels: Int { output.count / 32 }

  /// Panels of 32 inputs.
  public var inputPanels: Int { input.count / 32 }

  /// Where weight (o, i) stands.
  public func weightIndex(output o: Int, input i: Int) -> Int {
    (o / 32 * input.count + i) * 32 + o % 32
  }

  /// Multiplications and additions of one direction for one sample.
  public var operationCount: Int { 2 * input.count * output.count }

  /// Panels to compute in one call for `samples` samples: few samples leave the multipliers waiting unless several
  /// panels are summed at once.
  public static func panelsTogether(samples: Int) -> Int { samples > 4 ? 1 : 4 }

  /// `y[n, o] = bias[o] + sum over i of x[n, i] * weights[o, i]` for some panels of outputs.
  /// - Parameters:
  ///   - halves: the same weights in 16 bits, which few samples read in place of the others; nil for none.
  ///   - samples: starts at a multiple of 8; rows up to the next one may be written, too.
  public func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    halves: UnsafePointer<UInt16>? = nil, bias: UnsafePointer<Float>,
    to y: UnsafeMutablePointer<Float>, panels: Range<Int>, samples: Range<Int>, epilogue: Epilogue,
    on instructions: InstructionSet
  ) {
    Self.product(
      x, input, weights: weights, halves: halves, bias: bias, to: y, output, panels: panels,
      samples: samples, epilogue: epilogue, on: instructions)
  }

  /// `gx[n, i] = sum over o of gy[n, o] * weights[o, i]` for some panels of inputs.
  /// - Parameters:
  ///   - transposed: what `transpose` made of the weights.
  ///   - epilogue: what happens to the gradient; a mask is laid out as the input.
  public func inputGradient(
    _ gy: UnsafePointer<Float>, transposed: UnsafePointer<Float>,
    to gx: UnsafeMutablePointer<Float>,
    panels: Range<Int>, samples: Range<Int>, epilogue: Epilogue,
    on instructions: InstructionSet
  ) {
    Self.product(
      gy, output, weights: transposed, bias: nil, to: gx, input, panels: panels, samples: samples,
      epilogue: epilogue, on: instructions)
  }

  /// `gradient[o, i] = sum over n of x[n, i] * gy[n, o]` for one panel of outputs and 32 inputs.
  /// - Parameter gradient: `[32 inputs][32 outputs]`, as these weights stand.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ gy: UnsafePointer<Float>, samples: Int,
    to gradient: UnsafeMutablePointer<Float>, panel: Int, inputPanel: Int,
    on instructions: InstructionSet
  ) {
    let outer = instructions.tiles.pointee.outerProduct
    var tile = CTilesOuterProduct(
      input0: x, input1: x, inputPixel: input.sample, inputRow: 0, inputPlane: 0,
      gradient: gy + output.offset(panel * 32), gradientPixel: output.sample, gradientRow: 0,
      gradientPlane: 0, width: samples, height: 1, depth: 1, output: gradient, accumulates: 0)
    for i in stride(from: inputPanel * 32, to: inputPanel * 32 + 32, by: 8) {
      tile.input0 = x + input.offset(i)
      tile.input1 = tile.input0 + 4
      tile.output = gradient + (i - inputPanel * 32) * 32
      outer(&tile)
    }
  }

  /// `gradient[o] = sum over n of gy[n, o]` for one panel of outputs.
  public func biasGradient(
    _ gy: UnsafePointer<Float>, samples: Int, to gradient: UnsafeMutablePointer<Float>, panel: Int,
    on instructions: InstructionSet
  ) {
    let sums = gradient + panel * 32
    sums.update(repeating: 0, count: 32)
    let start = gy + output.offset(panel * 32)
    for n in 0..<samples {
      instructions.tiles.pointee.channelSums(start + n * output.sample, 1, 32, sums)
    }
  }

  /// Writes 32 outputs of 32 inputs of the transposed weights.
  public func transpose(
    _ weights: UnsafePointer<Float>, panel: Int, inputPanel: Int,
    to transposed: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    let transpose = instructions.tiles.pointee.transpose
    let source = weights + (panel * input.count + inputPanel * 32) * 32
    let target = transposed + (inputPanel * output.count + panel * 32) * 32
    for i in stride(from: 0, to: 32, by: 16) {
      for j in stride(from: 0, to: 32, by: 16) {
        transpose(source + i * 32 + j, 32, target + j * 32 + i, 32)
      }
    }
  }

  private static func product(
    _ x: UnsafePointer<Float>, _ from: VectorLayout, weights: UnsafePointer<Float>,
    halves: UnsafePointer<UInt16>? = nil, bias: UnsafePointer<Float>?,
    to y: UnsafeMutablePointer<Float>, _ to: VectorLayout,
    panels: Range<Int>, samples: Range<Int>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    precondition(samples.lowerBound % 8 == 0)
    let tiles = instructions.tiles
    let panelWeights = from.count * 32
    let mask = epilogue.mask
    var tile = CTilesProduct(
      input0: x, input1: x, inputPixel: from.sample, inputRow: from.row, rows: from.rows,
      run: from.run, weights: weights, bias: bias, output0: y, output1: y, outputPixel: to.sample,
      mask0: nil, mask1: nil, rectifies: epilogue.rectifies,
      slope: epilogue.slope)
    for n in stride(from: samples.lowerBound, to: samples.upperBound, by: 8) {
      tile.input0 = x + n * from.sample + from.origin
      tile.input1 = tile.input0 + 4 * from.sample
      let rows = samples.upperBound - n
      var panel = panels.lowerBound
      while panel < panels.upperBound {
        // Panels whose outputs are neighbors; the product of 8 samples takes one at a time.
        let neighbors = (to.run - panel * 32 % to.run) / 32
        let together = rows > 4 ? 1 : min(neighbors, panels.upperBound - panel)
        let first = n * to.sample + to.offset(panel * 32)
        tile.weights = weights + panel * panelWeights
        tile.bias = bias.map { $0 + panel * 32 }
        tile.output0 = y + first
        tile.output1 = y + first + 4 * to.sample
        tile.mask0 = mask.map { $0 + first }
        tile.mask1 = mask.map { $0 + first + 4 * to.sample }
        if rows > 4 {
          tiles.pointee.product(&tile)
        } else if let halves {
          tiles.pointee.narrowHalves(
            &tile, halves + panel * panelWeights, rows, together, panelWeights)
        } else {
          tiles.pointee.narrowProduct(&tile, rows, together, panelWeights)
        }
        panel += together
      }
    }
  }
}
