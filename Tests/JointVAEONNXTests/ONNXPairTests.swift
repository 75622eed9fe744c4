import JointVAE
import JointVAEFiles
import JointVAEModels
import JointVAEONNX
import TestSupport
import Testing

@Suite("A model as a pair of ONNX files") struct ONNXPairTests {
  /// The networks there are, by size of the images, their channels and the latents.
  static let networks: [(shape: ImageShape, latents: LatentSpec)] = [
    (ImageShape(size: 16), LatentSpec(continuous: 2, discrete: [3])),
    (ImageShape(size: 32, channels: 3), LatentSpec(continuous: 3, discrete: [4])),
    (ImageShape(size: 64), LatentSpec(continuous: 3, discrete: [2, 5])),
    (ImageShape(size: 32), LatentSpec(continuous: 6)),
    (ImageShape(height: 21, width: 33, channels: 2), LatentSpec(continuous: 2, discrete: [3])),
    (ImageShape(height: 8, width: 9, channels: 4), LatentSpec(continuous: 2)),
    (ImageShape(size: 16), LatentSpec(continuous: 0, discrete: [4])),
    (ImageShape(size: 16), LatentSpec(continuous: 1, discrete: [1])),
  ]

  @Test("names both files, whichever of the three names is given")
  func paths() {
    for path in ["a/digits.onnx", "a/digits.encoder.onnx", "a/digits.decoder.onnx"] {
      let paths = ONNXPair.Paths(path)
      #expect(paths?.encoder == "a/digits.encoder.onnx")
      #expect(paths?.decoder == "a/digits.decoder.onnx")
    }
    #expect(ONNXPair.Paths("x.ONNX")?.decoder == "x.decoder.onnx")
    for path in ["digits.pt", ".onnx", "a/.onnx", "onnx", ""] {
      #expect(ONNXPair.Paths(path) == nil)
    }
  }

  @Test("has the inputs, outputs and operators that docs/onnx.md lists")
  func structure() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3, 4]))
    let pair = try ONNXPair(model, notes: ["categories": "a, b, c"], producerVersion: "1.2.3")
    let encoder = try ONNXOutline(pair.encoder)
    let decoder = try ONNXOutline(pair.decoder)
    for file in [encoder, decoder] {
      #expect(file.formatVersion == 8)
      #expect(file.producer == "jointvae")
      #expect(file.operatorSets == ["": 17])
      #expect(file.metadata["categories"] == "a, b, c")
      #expect(file.metadata["image"] == "16x16x1")
      #expect(file.metadata["latents"] == "2 + [3, 4]")
      #expect(file.metadata["Image.BitmapPixelFormat"] == "Gray8")
      #expect(file.metadata["Image.ColorSpaceGamma"] == "SRGB")
      #expect(file.metadata["Image.NominalPixelRange"] == "Normalized_0_1")
      #expect(file.values.allSatisfy { $0.type == 1 && $0.axes.first == "batch" })
      // Each node takes what is there before it.
      var known = Set(file.inputs.map(\.name)).union(file.constants.keys)
      for node in file.nodes {
        #expect(known.isSuperset(of: node.inputs), "\(node.inputs)")
        #expect(known.isDisjoint(with: node.outputs), "\(node.outputs)")
        known.formUnion(node.outputs)
      }
      #expect(known.isSuperset(of: file.outputs.map(\.name)))
      // What stands between the nodes has its shape.
      let inner = file.nodes.flatMap(\.outputs).filter { !file.outputs.map(\.name).contains($0) }
      #expect(file.values.map(\.name) == inner)
    }
    #expect(encoder.graph == "encoder")
    #expect(
      encoder.nodes.map(\.operation) == [
        "Conv", "Relu", "Conv", "Relu", "Flatten", "Gemm", "Relu", "Gemm", "Gemm", "Gemm",
        "Softmax", "Gemm", "Softmax",
      ])
    #expect(
      encoder.nodes[0].attributes
        == ["kernel_shape": [4, 4], "pads": [1, 1, 1, 1], "strides": [2, 2]])
    #expect(
      encoder.inputs == [
        .init(name: "image", type: 1, axes: ["batch", "1", "16", "16"], denotation: "IMAGE")
      ])
    #expect(
      encoder.outputs == [
        .init(name: "mean", type: 1, axes: ["batch", "2"]),
        .init(name: "log_variance", type: 1, axes: ["batch", "2"]),
        .init(name: "probabilities.0", type: 1, axes: ["batch", "3"]),
        .init(name: "probabilities.1", type: 1, axes: ["batch", "4"]),
      ])
    #expect(decoder.graph == "decoder")
    #expect(
      decoder.nodes.map(\.operation) == [
        "Concat", "Gemm", "Relu", "Gemm", "Relu", "Reshape", "ConvTranspose", "Relu",
        "ConvTranspose", "Sigmoid",
      ])
    #expect(decoder.inputs.map(\.name) == ["continuous", "categories.0", "categories.1"])
    #expect(
      decoder.outputs == [
        .init(name: "image", type: 1, axes: ["batch", "1", "16", "16"], denotation: "IMAGE")
      ])
    // Together they hold every tensor of the model, under its name and in its shape.
    let constants = encoder.constants.merging(decoder.constants) { first, _ in first }
    for tensor in model.tensors {
      #expect(constants[tensor.name] == tensor.shape, "\(tensor.name)")
    }
    #expect(constants.count == model.tensors.count + 1)
  }

  @Test("leaves out what a model does not have")
  func withoutOneKind() throws {
    let shape = ImageShape(size: 16, channels: 3)
    let continuous = try ONNXPair(
      JointVAEModel(imageShape: shape, latents: LatentSpec(continuous: 2)))
    #expect(try ONNXOutline(continuous.encoder).outputs.map(\.name) == ["mean", "log_variance"])
    #expect(try ONNXOutline(continuous.decoder).inputs.map(\.name) == ["continuous"])
    #expect(try ONNXOutline(continuous.decoder).nodes.first?.operation == "Gemm")
    #expect(
      try ONNXOutline(continuous.decoder).metadata["Image.BitmapPixelFormat"] == "Rgb8")
    let discrete = try ONNXPair(
      JointVAEModel(imageShape: shape, latents: LatentSpec(continuous: 0, discrete: [3])))
    #expect(try ONNXOutline(discrete.encoder).outputs.map(\.name) == ["probabilities.0"])
    #expect(try ONNXOutline(discrete.decoder).inputs.map(\.name) == ["categories.0"])
  }

  @Test("is read back to the last bit, with its words", arguments: networks.indices)
  func roundTrip(index: Int) throws {
    let network = Self.networks[index]
    let model = try JointVAEModel(
      imageShape: network.shape, latents: network.latents, temperature: 0.5, seed: 3)
    try withTemporaryFolder { folder in
      let paths = try #require(ONNXPair.Paths("\(folder)/model.onnx"))
      try ONNXPair(model, notes: ["author": "Ä. Student"]).write(to: paths)
      for path in ["model.onnx", "model.encoder.onnx", "model.decoder.onnx"] {
        let file = try ONNXPair.read("\(folder)/\(path)")
        #expect(file.tensors == model.tensors)
        #expect(file.metadata == model.metadata(adding: ["author": "Ä. Student"]))
      }
      let again = try JointVAEModel(onnxAt: paths.encoder)
      #expect(again.tensors == model.tensors)
      #expect(again.latents == network.latents)
      #expect(again.imageShape == network.shape)
      #expect(again.temperature == 0.5)
      #expect(
        try ONNXPair(again, notes: ["author": "Ä. Student"]).encoder
          == ONNXPair(
            model, notes: ["author": "Ä. Student"]
          ).encoder)
    }
  }

  @Test("holds the trained models of the package", arguments: PretrainedModel.allCases)
  func pretrained(known: PretrainedModel) throws {
    let model = try known.load()
    try withTemporaryFolder { folder in
      let paths = try #require(ONNXPair.Paths("\(folder)/model.onnx"))
      try ONNXPair(model).write(to: paths)
      #expect(try ONNXPair.read(paths.decoder).tensors == model.tensors)
    }
  }

  @Test("has no room for a model beyond its files' sizes, or for notes by its own keys")
  func refused() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try ONNXPair.requireRoom(parameterCount: 1 << 28)
    }
    #expect(error?.value == "268,435,456 parameters")
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2))
    for key in ["jointvae.crc32", "Image.BitmapPixelFormat"] {
      #expect(throws: ConfigurationError.self) { try ONNXPair(model, notes: [key: "x"]) }
    }
  }
}
