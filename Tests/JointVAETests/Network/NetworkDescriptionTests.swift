import Foundation
import JointVAE
import JointVAEFiles
import TestSupport
import Testing

/// The list of layers, and networks of other widths than the paper's.
struct NetworkDescriptionTests {
  static let digits = LatentSpec(continuous: 10, discrete: [10])
  static let wide = NetworkWidths(
    encoderChannels: [64, 96, 128], decoderChannels: [96, 32], hiddenUnits: 320)

  @Test(
    "The paper's networks",
    arguments: zip([16, 32, 64, 128], [638_655, 687_359, 769_375, 802_207]))
  func paper(size: Int, parameters: Int) throws {
    let network = try NetworkDescription(
      imageShape: ImageShape(size: size), latents: Self.digits)
    // The published MNIST checkpoint, of 32x32, has 687,359 parameters.
    #expect(network.parameterCount == parameters)
    #expect(network.layers.first?.input == .planes(height: size, width: size, channels: 1))
    #expect(network.layers.last?.output == .planes(height: size, width: size, channels: 1))
    #expect(network.layers.map(\.kind).filter { $0 == .heads }.count == 1)
    let convolutions = network.layers.filter { $0.kind == .convolution }
    #expect(convolutions.count == NetworkWidths.halvings(of: ImageShape(size: size)))
    #expect(convolutions.last?.output == .planes(height: 4, width: 4, channels: 64))
    #expect(
      network.layers.dropLast().allSatisfy {
        $0.activation == ($0.kind == .heads ? .none : .rectified)
      })
    #expect(network.layers.last?.activation == .sigmoid)
  }

  @Test("Multiply-adds and parameters of every kind of layer, counted by hand")
  func counts() throws {
    let layers = try NetworkDescription(imageShape: ImageShape(size: 32), latents: Self.digits)
      .layers
    #expect(layers.map(\.multiplyAdds).prefix(4) == [131_072, 2_097_152, 1_048_576, 262_144])
    #expect(layers[4].output == .vector(30) && layers[4].multiplyAdds == 256 * 30)
    #expect(layers[4].parameterCount == 257 * 30)
    #expect(layers[4].tensors.map(\.firstOutput) == [0, 0, 10, 10, 20, 20])
    // 16x16 small pixels of 32 channels, 4x4 weights for each, one output channel.
    #expect(layers.last?.multiplyAdds == 16 * 16 * 32 * 16)
    #expect(layers.last?.parameterCount == 32 * 16 + 1)
  }

  @Test("A model's tensors are the description's", arguments: [nil, wide])
  func tensors(widths: NetworkWidths?) throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 32), latents: LatentSpec(continuous: 2, discrete: [3, 4]),
      widths: widths)
    #expect(model.tensors.map(\.name) == model.network.tensors.map(\.name))
    #expect(model.tensors.map(\.shape) == model.network.tensors.map(\.shape))
    #expect(model.parameterCount == model.tensors.reduce(0) { $0 + $1.elementCount })
    #expect(model.network.widths == widths ?? .paper(for: model.imageShape))
  }

  @Test("Networks are recognized by their tensors", arguments: CheckpointFormat.allCases)
  func recognized(format: CheckpointFormat) throws {
    let shape = ImageShape(size: 32, channels: 3)
    let model = try JointVAEModel(imageShape: shape, latents: Self.digits, widths: Self.wide)
    let images = ImageBatch(
      shape: shape, values: randomBytes(2 * shape.valueCount).map { Float($0) / 255 })
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.\(format.rawValue)"
      try model.save(to: path)
      let read = try JointVAEModel(contentsOf: path)
      #expect(read.network == model.network)
      let before = try model.decode(vectors: model.encode(images).modes())
      let after = try read.decode(vectors: read.encode(images).modes())
      #expect(before.values == after.values)
    }
  }

  static let own = NetworkWidths(
    encoder: [
      NetworkStage(channels: 32, convolutions: [64, 96]), NetworkStage(channels: 64),
      NetworkStage(channels: 32, convolutions: [32]),
    ], featureConvolutions: [64],
    decoder: [NetworkStage(channels: 96, convolutions: [32, 32]), NetworkStage(channels: 64)],
    hiddenUnits: [128, 64], activation: .leaky)

  @Test(
    "Stages of a program's own, and their activation, come back from a file",
    arguments: CheckpointFormat.allCases,
    [own, NetworkPreset.deep.widths(for: ImageShape(size: 32))])
  func recognizedStages(format: CheckpointFormat, widths: NetworkWidths) throws {
    for shape in [ImageShape(size: 32, channels: 3), ImageShape(height: 27, width: 30)] {
      let model = try JointVAEModel(imageShape: shape, latents: Self.digits, widths: widths)
      try withTemporaryFolder { folder in
        let path = "\(folder)/model.\(format.rawValue)"
        try model.save(to: path)
        let read = try JointVAEModel(contentsOf: path)
        #expect(read.network == model.network && read.network.widths == widths)
        let code = [Float](repeating: 0.3, count: Self.digits.dimension)
        #expect(try read.decode(vectors: code).values == model.decode(vectors: code).values)
      }
    }
  }

  @Test("The layers of a deep network, counted by hand")
  func deep() throws {
    let network = try NetworkDescription(
      imageShape: ImageShape(size: 32), latents: Self.digits,
      widths: NetworkPreset.deep.widths(for: ImageShape(size: 32)))
    let planes = network.layers.filter { $0.kind != .dense && $0.kind != .heads }
    #expect(
      planes.map { $0.kind == .sameConvolution }.prefix(6) == [
        false, true, false, true, false, true,
      ])
    #expect(
      planes.map { $0.kind == .sameConvolution }.suffix(6) == [
        true, false, true, false, true, false,
      ])
    #expect(
      planes.map(\.name) == (0..<6).map { "img_to_features.\(2 * $0)" }
        + (0..<6).map { "features_to_img.\(2 * $0)" })
    #expect(planes[1].output == .planes(height: 16, width: 16, channels: 32))
    #expect(planes[1].multiplyAdds == 16 * 16 * 32 * 32 * 9)
    #expect(planes[1].parameterCount == 32 * 32 * 9 + 32)
    #expect(planes[6].input == planes[6].output)
    #expect(planes[6].output == .planes(height: 4, width: 4, channels: 64))
    // The paper's and 32 -> 32, 64 -> 64, 64 -> 64 in the encoder, 64, 32 and 32 in the decoder.
    let convolutions = [32, 64, 64, 64, 32, 32].reduce(0) { $0 + 9 * $1 * $1 + $1 }
    #expect(network.parameterCount == 687_359 + convolutions)
  }

  @Test("Widths are stored as they were before there were other stages, and with them")
  func stored() throws {
    func text(_ widths: NetworkWidths) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(widths), as: UTF8.self)
    }
    let paper = NetworkWidths.paper(for: ImageShape(size: 32))
    #expect(
      try text(paper)
        == #"{"decoderChannels":[32,32],"encoderChannels":[32,64,64],"hiddenUnits":[256]}"#)
    for widths in [paper, Self.wide, Self.own, paper.with(extraConvolutions: 3)] {
      let data = Data(try text(widths).utf8)
      #expect(try JSONDecoder().decode(NetworkWidths.self, from: data) == widths)
    }
    let odd =
      #"{"decoderChannels":[32],"encoderChannels":[32,64],"hiddenUnits":[256],"encoderConvolutions":[[32]]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NetworkWidths.self, from: Data(odd.utf8))
    }
  }

  @Test("A decoder mirrors the stages of its encoder")
  func mirrored() {
    let widths = NetworkWidths(mirroring: [
      NetworkStage(channels: 32, convolutions: [96]),
      NetworkStage(channels: 64, convolutions: [128, 160]), NetworkStage(channels: 192),
    ])
    #expect(widths.featureConvolutions == [])
    #expect(
      widths.decoder == [
        NetworkStage(channels: 160, convolutions: [128, 64]),
        NetworkStage(channels: 96, convolutions: [32]),
      ])
    let deep = NetworkPreset.deep.widths(for: ImageShape(size: 32))
    #expect(deep.extraConvolutions == 1 && widths.extraConvolutions == nil)
    #expect(deep.with(extraConvolutions: 0) == .paper(for: ImageShape(size: 32)))
  }

  @Test("A file whose activation is unknown is refused, and so is one that begins with 3x3")
  func refusedStages() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: Self.digits,
      widths: NetworkWidths(encoderChannels: [32, 32], decoderChannels: [32]))
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      try Safetensors(tensors: model.tensors, metadata: ["activation": "swish"]).write(to: path)
      let error = #expect(throws: FileError.self) { try JointVAEModel(contentsOf: path) }
      #expect(error?.problem == #"says its activation is "swish"; expected relu or leaky-relu"#)
    }
    var tensors = model.tensors
    tensors[0] = NamedTensor(
      name: tensors[0].name, shape: [32, 1, 3, 3], floats: Array(repeating: 0, count: 288))
    let error = #expect(throws: FileError.self) {
      try JointVAEModel(tensors: tensors, named: "model.pt")
    }
    #expect(
      error?.problem
        == "holds no JointVAE that can be computed: img_to_features.0 is a 3x3 convolution; "
        + "expected a 4x4 convolution of stride 2 next to the image")
  }

  @Test("A model of 64-bit numbers, under the names of a wrapper, is the same model")
  func double() throws {
    let model = try JointVAEModel(imageShape: ImageShape(size: 16), latents: Self.digits)
    let tensors = model.tensors.map {
      NamedTensor(
        name: "module." + $0.name, shape: $0.shape, elements: .float64($0.floats.map(Double.init)))
    }
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.pt"
      try PyTorchCheckpoint(tensors: tensors).write(to: path)
      #expect(try JointVAEModel(contentsOf: path).tensors == model.tensors)
      let wrong = tensors.map {
        NamedTensor(name: $0.name, shape: $0.shape, elements: .int64($0.floats.map { Int64($0) }))
      }
      try PyTorchCheckpoint(tensors: wrong).write(to: path)
      let error = #expect(throws: FileError.self) { try JointVAEModel(contentsOf: path) }
      #expect(error?.problem.hasSuffix("is not of floating-point numbers") == true)
    }
  }

  @Test("A network of other widths trains, stops and resumes to the same bits")
  func trains() throws {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: 32), latents: Self.digits)
    configuration.widths = Self.wide
    configuration.batchSize = 8
    let pixels = randomBytes(8 * configuration.imageShape.valueCount)
    let one = try Trainer(configuration: configuration, compute: .threads(1))
    let two = try Trainer(configuration: configuration, compute: .threads(2))
    try withTemporaryFolder { folder in
      _ = try one.step(pixels: pixels, noise: .random(seed: 1, step: 1))
      let first = try two.step(pixels: pixels, noise: .random(seed: 1, step: 1))
      try two.saveState(to: "\(folder)/state")
      let resumed = try Trainer(resumingFrom: "\(folder)/state", configuration: configuration)
      _ = try one.step(pixels: pixels, noise: .random(seed: 1, step: 2))
      let second = try resumed.step(pixels: pixels, noise: .random(seed: 1, step: 2))
      #expect(second.terms.loss < first.terms.loss)
      #expect(one.model.tensors == resumed.model.tensors)
      configuration.widths = nil
      #expect(throws: FileError.self) {
        _ = try Trainer(resumingFrom: "\(folder)/state", configuration: configuration)
      }
    }
  }

  static let bad: [(NetworkWidths, String)] = [
    (
      NetworkWidths(encoderChannels: [32, 48, 64], decoderChannels: [32, 32]),
      "channels of img_to_features.2 is 48; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(encoderChannels: [32, 64, 64], decoderChannels: [0, 32]),
      "channels of features_to_img.0 is 0; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(encoderChannels: [32, 64, 64], decoderChannels: [32, 32], hiddenUnits: 100),
      "units of features_to_hidden.0 is 100; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(
        encoderChannels: [32, 64, 64], decoderChannels: [32, 32], hiddenUnits: 1 << 40),
      "units of features_to_hidden.0 is 1099511627776; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(encoderChannels: [32, 64], decoderChannels: [32, 32]),
      "channels of the decoder is 32,32; expected 1 numbers, one less than the 2 of the encoder"
    ),
    (
      NetworkWidths(encoderChannels: [32, 64, 64], decoderChannels: []),
      "channels of the decoder is none; expected 2 numbers, one less than the 3 of the encoder"
    ),
    (
      NetworkWidths(encoderChannels: [], decoderChannels: []),
      "channels is none; expected a number for each halving of the image, at least one"
    ),
    (
      NetworkWidths(mirroring: [32, 32, 32, 32, 32, 32], for: ImageShape(size: 32)),
      "channels is 32,32,32,32,32,32; expected at most 5 numbers for images of 32 pixels: "
        + "img_to_features.10 would be empty, as one pixel is left before it"
    ),
    (
      NetworkWidths(mirroring: [-1, 32, 32], for: ImageShape(size: 32)),
      "channels of img_to_features.0 is -1; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(mirroring: [32, 32, 10_000], for: ImageShape(size: 32)),
      "channels of img_to_features.4 is 10000; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(mirroring: [512], hiddenUnits: [1024], for: ImageShape(size: 32)),
      "channels is 512; expected more numbers, as features_to_hidden.0 would have 134217728 weights for "
        + "16x16x512 features and 1024 units, and at most 33554432 are allowed"
    ),
    (
      NetworkWidths(
        mirroring: [32, 64, 64].map { NetworkStage(channels: $0, convolutions: [32, 40]) }),
      "channels of img_to_features.4 is 40; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths(
        encoder: [32, 64, 64].map { NetworkStage(channels: $0) }, featureConvolutions: [64, 8],
        decoder: [NetworkStage(channels: 32), NetworkStage(channels: 32)]),
      "channels of features_to_img.2 is 8; expected a multiple of 32 from 32 to 2048"
    ),
    (
      NetworkWidths.paper(for: ImageShape(size: 32)).with(extraConvolutions: 9),
      "3x3 convolutions behind halving 1 is 9; expected at most 8"
    ),
    (
      NetworkWidths(
        mirroring: Array(
          repeating: NetworkStage(channels: 32, convolutions: [32]), count: 6)),
      "channels is 32,32,32,32,32,32; expected at most 5 numbers for images of 32 pixels: "
        + "img_to_features.20 would be empty, as one pixel is left before it"
    ),
    (
      NetworkWidths(mirroring: [32, 64, 64], hiddenUnits: [], for: ImageShape(size: 32)),
      "hidden units is none; expected from 1 to 8 numbers, one for each hidden layer"
    ),
    (
      NetworkWidths(mirroring: [32, 64, 64], hiddenUnits: [256, 8], for: ImageShape(size: 32)),
      "units of features_to_hidden.2 is 8; expected a multiple of 32 from 32 to 2048"
    ),
  ]

  @Test("Widths that cannot be computed are refused with the layer and the number", arguments: bad)
  func refused(widths: NetworkWidths, problem: String) throws {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: 32), latents: Self.digits)
    configuration.widths = widths
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Trainer(configuration: configuration)
    }
    #expect(error?.description == problem)
  }

  @Test("A file of a network that cannot be computed is refused with the layer and the number")
  func refusedFile() throws {
    let model = try JointVAEModel(imageShape: ImageShape(size: 16), latents: Self.digits)
    var tensors = model.tensors
    tensors[2] = NamedTensor(
      name: tensors[2].name, shape: [40, 64, 4, 4],
      floats: Array(repeating: 0, count: 40 * 64 * 16))
    let error = #expect(throws: FileError.self) {
      _ = try JointVAEModel(tensors: tensors, named: "model.pt")
    }
    #expect(
      error?.problem == "holds no JointVAE: channels of img_to_features.2 is 40; "
        + "expected a multiple of 32 from 32 to 2048")
  }

  @Test("A file that lacks a tensor is refused with its name")
  func missing() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 32), latents: Self.digits, widths: Self.wide)
    let tensors = model.tensors.filter { $0.name != "latent_to_features.2.bias" }
    let error = #expect(throws: TensorMismatch.self) {
      _ = try JointVAEModel(tensors: tensors, named: "model.pt")
    }
    #expect(error?.missing.map(\.name) == ["latent_to_features.2.bias"])
    #expect(error?.unexpected.isEmpty == true && error?.wrongShapes.isEmpty == true)
  }
}
