// The engine of the explorer's page: a network's forward pass, out of the package's own kernels.
//
// `build.sh` compiles it together with the files of Sources/JointVAEKernels, unchanged, for WebAssembly. The page gives
// it tables (`ExplorerNetwork` writes them) and numbers; names and pictures are the page's business.
import CTiles

/// A layer in the page's table: so many 32-bit numbers, in this order.
private struct LayerRow {
  static let count = 14
  let kind: Int
  /// What happens to its outputs.
  let activation: Activation
  let input: Values
  let output: Values
  let weights: Int
  let bias: Int

  init(_ numbers: UnsafePointer<Int32>) {
    kind = Int(numbers[0])
    activation = Activation(rawValue: numbers[1]) ?? .none
    input = Values(numbers + 2)
    output = Values(numbers + 7)
    weights = Int(numbers[12])
    bias = Int(numbers[13])
  }
}

/// What a layer does to its outputs.
private enum Activation: Int32 {
  case none = 0
  case rectified = 1
  case leaky = 2

  var epilogue: Epilogue {
    switch self {
    case .none: .none
    case .rectified: .rectified
    case .leaky: .leaky(slope: 0.2)
    }
  }
}

/// What stands between two layers: height, width, channels, rows and columns of planes; of a vector, its height is 0 and its
/// channels count its numbers.
private struct Values {
  let height: Int
  let width: Int
  let channels: Int
  let rows: Int
  let columns: Int

  init(_ numbers: UnsafePointer<Int32>) {
    height = Int(numbers[0])
    width = Int(numbers[1])
    channels = Int(numbers[2])
    rows = Int(numbers[3])
    columns = Int(numbers[4])
  }

  var plane: Plane {
    Plane(height: height, width: width, channels: channels, rows: rows, columns: columns)
  }
  var layout: VectorLayout {
    height > 0 ? VectorLayout(plane) : VectorLayout(flat: (channels + 31) / 32 * 32)
  }
  var floats: Int { height > 0 ? plane.count : layout.sample }
}

/// A layer that is ready to compute.
private enum Step {
  case planes(PackedPlaneLayer)
  case dense(DenseLayer)
}

/// A network with its weights, and room for a batch.
final class Network {
  /// Images or codes that are computed together: a tile of the dense layers.
  static let batch = 8

  private let steps: [Step]
  private let rows: [LayerRow]
  /// The values before each layer, and behind the last one.
  private let values: [FloatBuffer]
  private let weights: UnsafePointer<Float>
  private let scratch: FloatBuffer
  /// Chosen once: the choice takes memory, which is never given back.
  fileprivate let instructions: InstructionSet
  /// The place of the layer that gives the parameters of the latent variables.
  private let heads: Int
  /// The latent vectors; the layer behind the heads reads them.
  private let latents: FloatBuffer

  init(table: UnsafePointer<Int32>, layers: Int, weights: UnsafePointer<Float>) {
    instructions = .fastest
    self.weights = weights
    var rows: [LayerRow] = []
    var steps: [Step] = []
    var values: [FloatBuffer] = []
    var room = 0
    var heads = 0
    for index in 0..<layers {
      let row = LayerRow(table + index * LayerRow.count)
      rows.append(row)
      switch row.kind {
      case 0, 3, 4:
        let packed = PackedPlaneLayer(
          Self.layer(row), method: .automatic, forTraining: false, givesInputGradient: false)
        for block in 0..<packed.packingBlocks {
          packed.pack(weights + row.weights, block: block, on: instructions)
        }
        room = max(room, packed.scratchCount)
        steps.append(.planes(packed))
      default:
        if row.kind == 2 { heads = index }
        steps.append(.dense(DenseLayer(input: row.input.layout, output: row.output.layout)))
      }
      // The latent vector, which is drawn from the heads' numbers, has memory of its own.
      let before = index > 0 ? rows[index - 1].output.floats : row.input.floats
      values.append(FloatBuffer(count: Self.batch * before))
    }
    if let last = rows.last { values.append(FloatBuffer(count: Self.batch * last.output.floats)) }
    (self.rows, self.steps, self.values, self.heads) = (rows, steps, values, heads)
    scratch = FloatBuffer(count: room)
    latents = FloatBuffer(count: Self.batch * rows[heads + 1].input.floats)
  }

  private static func layer(_ row: LayerRow) -> PlaneLayer {
    let (input, output) = (row.input.plane, row.output.plane)
    return switch row.kind {
    case 0: .halving(StridedConvolution(big: input, small: output))
    case 3: .doubling(StridedConvolution(big: output, small: input))
    default: .same(SameConvolution(input: input, output: output))
    }
  }

  /// Images, `[image, y, x, channel]`, to the numbers of the heads, `[image, number]`.
  func encode(_ images: UnsafePointer<Float>, count: Int, to output: UnsafeMutablePointer<Float>) {
    let plane = rows[0].input.plane
    let row = plane.width * plane.channels
    let numbers = rows[heads].output.channels
    let stride = rows[heads].output.floats
    forEachBatch(of: count) { first, samples in
      for sample in 0..<samples {
        for y in 0..<plane.height {
          let source = images + ((first + sample) * plane.height + y) * row
          (values[0].start + sample * plane.count + plane.offset(y: y, x: 0))
            .update(from: source, count: row)
        }
      }
      for index in 0...heads { run(index, samples: samples) }
      for sample in 0..<samples {
        (output + (first + sample) * numbers)
          .update(from: values[heads + 1].start + sample * stride, count: numbers)
      }
    }
  }

  /// Latent vectors, `[image, number]`, to images, `[image, y, x, channel]`.
  func decode(_ vectors: UnsafePointer<Float>, count: Int, to images: UnsafeMutablePointer<Float>) {
    let numbers = rows[heads + 1].input.channels
    let stride = rows[heads + 1].input.floats
    let plane = rows[rows.count - 1].output.plane
    let row = plane.width * plane.channels
    forEachBatch(of: count) { first, samples in
      for sample in 0..<samples {
        (latents.start + sample * stride)
          .update(from: vectors + (first + sample) * numbers, count: numbers)
      }
      for index in heads + 1..<rows.count { run(index, samples: samples) }
      for sample in 0..<samples {
        let logits = values[rows.count].start + sample * plane.count
        for y in 0..<plane.height {
          let target = images + ((first + sample) * plane.height + y) * row
          target.update(from: logits + plane.offset(y: y, x: 0), count: row)
          instructions.sigmoid(target, count: row)
        }
      }
    }
  }

  private func forEachBatch(of count: Int, _ body: (_ first: Int, _ samples: Int) -> Void) {
    var first = 0
    while first < count {
      body(first, min(Self.batch, count - first))
      first += Self.batch
    }
  }

  private func run(_ index: Int, samples: Int) {
    let row = rows[index]
    let input = index == heads + 1 ? latents.start : values[index].start
    let output = values[index + 1].start
    let bias = weights + row.bias
    switch steps[index] {
    case .planes(let layer):
      layer.forward(
        input, samples: samples, weights: weights + row.weights, bias: bias, to: output,
        epilogue: row.activation.epilogue, scratch: scratch.start, on: instructions)
    case .dense(let layer):
      layer.forward(
        input, weights: weights + row.weights, bias: bias, to: output,
        panels: 0..<layer.outputPanels, samples: 0..<samples, epilogue: row.activation.epilogue,
        on: instructions)
    }
  }
}

/// Stands in for the package's, which needs a C library: nothing is trained here.
public struct AdamStep { let values: CTilesAdam }

// MARK: What the page calls

@_cdecl("engine_allocate")
public func engineAllocate(_ bytes: Int32) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: Int(bytes), alignment: 64)
}

@_cdecl("engine_network")
public func engineNetwork(
  _ table: UnsafePointer<Int32>, _ layers: Int32, _ weights: UnsafePointer<Float>
) -> UnsafeMutableRawPointer {
  Unmanaged.passRetained(Network(table: table, layers: Int(layers), weights: weights)).toOpaque()
}

@_cdecl("engine_encode")
public func engineEncode(
  _ network: UnsafeMutableRawPointer, _ images: UnsafePointer<Float>, _ count: Int32,
  _ output: UnsafeMutablePointer<Float>
) {
  Unmanaged<Network>.fromOpaque(network).takeUnretainedValue()
    .encode(images, count: Int(count), to: output)
}

@_cdecl("engine_softmax")
public func engineSoftmax(
  _ network: UnsafeMutableRawPointer, _ values: UnsafeMutablePointer<Float>, _ count: Int32
) {
  Unmanaged<Network>.fromOpaque(network).takeUnretainedValue()
    .instructions.softmax(values, count: Int(count))
}

@_cdecl("engine_decode")
public func engineDecode(
  _ network: UnsafeMutableRawPointer, _ vectors: UnsafePointer<Float>, _ count: Int32,
  _ images: UnsafeMutablePointer<Float>
) {
  Unmanaged<Network>.fromOpaque(network).takeUnretainedValue()
    .decode(vectors, count: Int(count), to: images)
}
