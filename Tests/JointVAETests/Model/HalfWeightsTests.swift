import JointVAE
import TestSupport
import Testing

@Suite("Models with weights of 16 bits") struct HalfWeightsTests {
  private func model() throws -> JointVAEModel {
    try JointVAEModel(
      imageShape: ImageShape(size: 32), latents: LatentSpec(continuous: 4, discrete: [3]), seed: 3)
  }

  private func images(_ count: Int) -> ImageBatch {
    ImageBatch(
      shape: ImageShape(size: 32),
      values: (0..<count * 1024).map { Float($0 * 7919 % 256) / 255 })
  }

  @Test("A rounded model holds the nearest numbers of 16 bits, and reads them")
  func rounded() throws {
    let model = try model()
    let rounded = try model.roundedToHalf()
    #expect(!model.readsHalfWeights && rounded.readsHalfWeights)
    for (own, other) in zip(model.tensors, rounded.tensors) {
      #expect(own.name == other.name && own.shape == other.shape)
      for (weight, half) in zip(own.floats, other.floats) {
        // 11 bits: half of the last place is at most 2^-12 of the number; below 2^-14, half of 2^-24.
        #expect(abs(weight - half) <= max(abs(weight) * 0x1p-11, 0x1p-25))
      }
    }
    #expect(try rounded.roundedToHalf().tensors == rounded.tensors)
  }

  @Test("One image has the bits it has among many, whichever weights are read")
  func sameBits() throws {
    let rounded = try model().roundedToHalf()
    let many = images(20)
    let all = try rounded.encode(many)
    let codes = all.modes()
    let drawn = try rounded.decode(vectors: codes)
    for index in [0, 7, 19] {
      let one = ImageBatch(
        shape: many.shape, values: Array(many.values[index * 1024..<(index + 1) * 1024]))
      let encoding = try rounded.encode(one)
      #expect(encoding.mean == Array(all.mean[index * 4..<index * 4 + 4]))
      let vector = Array(codes[index * 7..<index * 7 + 7])
      #expect(
        try rounded.decode(vectors: vector).values
          == Array(drawn.values[index * 1024..<(index + 1) * 1024]))
    }
  }

  @Test("A file of half precision is read as the rounded model")
  func file() throws {
    try withTemporaryFolder { folder in
      let model = try model()
      try model.save(to: "\(folder)/half.safetensors", precision: .half)
      try model.save(to: "\(folder)/single.safetensors")
      let half = try JointVAEModel(contentsOf: "\(folder)/half.safetensors")
      #expect(half.readsHalfWeights)
      #expect(try half.tensors == model.roundedToHalf().tensors)
      #expect(try !JointVAEModel(contentsOf: "\(folder)/single.safetensors").readsHalfWeights)
      #expect(
        try half.decode(vectors: [1, 0, -1, 2, 0, 1, 0]).values
          == model.roundedToHalf().decode(vectors: [1, 0, -1, 2, 0, 1, 0]).values)
    }
  }

  @Test("A weight that 16 bits cannot hold is refused, with its value")
  func range() throws {
    let model = try model()
    var tensors = model.tensors
    var weights = tensors[0].floats
    weights[5] = 65_520
    tensors[0] = NamedTensor(name: tensors[0].name, shape: tensors[0].shape, floats: weights)
    let large = try JointVAEModel(tensors: tensors, named: "large")
    #expect(throws: ModelError.range(weight: 65_520)) { try large.roundedToHalf() }
    #expect("\(ModelError.range(weight: 65_520))".contains("65520.0, which 16 bits cannot hold"))
  }
}
