import JointVAE
import Testing

@Suite struct SamplingTests {
  private let model: JointVAEModel

  init() throws {
    model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3, 1, 4]))
  }

  @Test("The prior is standard normal in z and uniform in every c")
  func prior() throws {
    let count = 6_000
    let vectors = try model.sampleCodes(count, seed: 4).flatMap(\.vector)
    #expect(vectors.count == count * 10)
    var sums = [Double](repeating: 0, count: 10)
    var squares = sums
    for image in 0..<count {
      for i in 0..<10 {
        let value = Double(vectors[image * 10 + i])
        sums[i] += value
        squares[i] += value * value
      }
      for variable in model.latents.discrete.indices {
        let code = model.latents.categories(of: variable).map { vectors[image * 10 + $0] }
        #expect(code.count { $0 == 1 } == 1 && code.count { $0 == 0 } == code.count - 1)
      }
    }
    let n = Double(count)
    for i in 0..<2 {
      #expect(abs(sums[i] / n) < 5 / n.squareRoot())
      #expect(abs(squares[i] / n - 1) < 5 * (2 / n).squareRoot())
    }
    let expected = [1.0 / 3, 1.0 / 3, 1.0 / 3, 1, 0.25, 0.25, 0.25, 0.25]
    for (i, share) in expected.enumerated() {
      #expect(abs(sums[2 + i] / n - share) <= 5 * (share * (1 - share) / n).squareRoot())
    }
  }

  @Test("A category that is asked for is kept, the others stay free")
  func category() throws {
    let vectors = try model.sampleCodes(300, fixing: [.category(2)], seed: 4).flatMap(\.vector)
    let free = try model.sampleCodes(300, seed: 4).flatMap(\.vector)
    for image in 0..<300 {
      #expect(Array(vectors[image * 10 + 2..<image * 10 + 5]) == [0, 0, 1])
      #expect(vectors[image * 10..<image * 10 + 2] == free[image * 10..<image * 10 + 2])
      #expect(vectors[image * 10 + 5..<image * 10 + 10] == free[image * 10 + 5..<image * 10 + 10])
    }
  }

  @Test("A continuous variable that is fixed keeps its value, and so do several at once")
  func fixed() throws {
    let codes = try model.sampleCodes(
      50, fixing: [.continuous(1, -1.5), .discrete(2, category: 3)], seed: 4)
    let free = try model.sampleCodes(50, seed: 4)
    for (code, other) in zip(codes, free) {
      #expect(code[continuous: 1] == -1.5 && code[discrete: 2] == 3)
      #expect(code[continuous: 0] == other[continuous: 0])
      #expect(code[discrete: 0] == other[discrete: 0])
    }
    let images = try model.sample(
      50, fixing: [.continuous(1, -1.5), .discrete(2, category: 3)], seed: 4)
    #expect(try model.decode(codes) == images)
  }

  @Test("A seed fixes the samples, whatever their number and the threads")
  func seeds() throws {
    let few = try model.using(.threads(1)).sample(5, seed: 3)
    let many = try model.using(.threads(2)).sample(300, seed: 3)
    #expect(few.values[...] == many.values[..<few.values.count])
    #expect(try model.sample(5, seed: 2) != few)
  }

  @Test("What the model has not is refused")
  func misuse() {
    #expect(throws: ModelError.category(3, variable: 0, latents: model.latents)) {
      try model.sample(1, fixing: [.category(3)])
    }
    #expect(throws: ModelError.latent(.discrete(5), latents: model.latents)) {
      try model.sample(1, fixing: [.discrete(5, category: 0)])
    }
    #expect(throws: ModelError.latent(.continuous(2), latents: model.latents)) {
      try model.sample(1, fixing: [.continuous(2, 0)])
    }
    #expect(throws: ModelError.fixedTwice(.discrete(0))) {
      try model.sample(1, fixing: [.category(1), .discrete(0, category: 1)])
    }
    #expect(throws: ModelError.self) { try model.sample(1, fixing: [.continuous(0, .nan)]) }
    #expect(throws: ModelError.self) { try model.sample(1, fixing: [.continuous(0, 1e300)]) }
    #expect(throws: ModelError.imageCount(-1)) { try model.sample(-1) }
    let other = LatentCode(LatentSpec(continuous: 2))
    #expect(throws: ModelError.otherLatents(other.latents, model: model.latents)) {
      try model.decode([other])
    }
    #expect(throws: ModelError.latentCount(numbers: 11, dimension: 10)) {
      try model.decode(vectors: [Float](repeating: 0, count: 11))
    }
    #expect(throws: ModelError.self) {
      try model.encode(ImageBatch(shape: ImageShape(size: 32), values: []))
    }
  }

  @Test("A value that is no number, or beyond black and white, is a byte all the same")
  func bytes() {
    let values: [Float] = [.nan, -.infinity, .infinity, -1, 2, 0.5, 0, 1]
    let batch = ImageBatch(
      shape: ImageShape(size: 8), values: (0..<8).flatMap { _ in values })
    #expect(Array(batch.bytes(of: 0).prefix(8)) == [0, 0, 255, 0, 255, 128, 0, 255])
  }
}
