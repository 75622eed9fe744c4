import JointVAE
import Testing

@Suite struct LatentCodeTests {
  private let latents = LatentSpec(continuous: 2, discrete: [3, 2])

  @Test("A new code is the prior's center: z = 0 and category 0 of every c")
  func center() {
    let code = LatentCode(latents)
    #expect(code.vector == [0, 0, 1, 0, 0, 1, 0])
    #expect(code[discrete: 0] == 0 && code[discrete: 1] == 0)
  }

  @Test("Variables are read and written by name, and leave the others alone")
  func subscripts() throws {
    var code = LatentCode(latents)
    code[continuous: 1] = 0.5
    code[discrete: 0] = 2
    code[discrete: 1] = 1
    #expect(code.vector == [0, 0.5, 0, 0, 1, 0, 1])
    #expect(code[continuous: 1] == 0.5 && code[discrete: 0] == 2 && code[discrete: 1] == 1)
    let fixed: [FixedLatent] = [.continuous(1, 0.5), .category(2), .discrete(1, category: 1)]
    #expect(try LatentCode(latents).fixing(fixed) == code)
    #expect(throws: ModelError.category(3, variable: 0, latents: latents)) {
      try code.fixing([.category(3)])
    }
  }

  @Test("An interpolation is a straight line with both ends, z and c alike")
  func interpolation() throws {
    let start = try LatentCode(latents).fixing([.continuous(0, -1)])
    let end = try LatentCode(latents).fixing([.continuous(0, 1), .category(1)])
    let codes = try start.interpolated(to: end, count: 5)
    #expect(codes.first == start && codes.last == end)
    #expect(codes.map { $0[continuous: 0] } == [-1, -0.5, 0, 0.5, 1])
    #expect(codes[1].vector == [-0.5, 0, 0.75, 0.25, 0, 1, 0])
    #expect(throws: ModelError.stepCount(1)) { try start.interpolated(to: end, count: 1) }
    let other = LatentCode(LatentSpec(continuous: 2))
    #expect(throws: ModelError.otherLatents(other.latents, model: latents)) {
      try start.interpolated(to: other, count: 2)
    }
  }

  @Test(
    "The code of an image has its means and most probable categories, and decodes to its reconstruction"
  )
  func ofImages() throws {
    let model = try JointVAEModel(imageShape: ImageShape(size: 16), latents: latents)
    let images = try model.sample(5, seed: 2)
    let encoding = try model.encode(images)
    let code = encoding.code(of: 3)
    #expect(code[continuous: 1] == encoding.mean[3 * 2 + 1])
    #expect(code[discrete: 0] == encoding.mostProbableCategory(of: 3))
    #expect(try model.decode(encoding.codes) == model.reconstruct(images))
  }

  @Test("The async forms give the same images")
  func async() async throws {
    let model = try JointVAEModel(imageShape: ImageShape(size: 16), latents: latents)
    func blocking() throws -> (ImageBatch, ImageBatch, [LatentCode], ImageBatch) {
      let drawn = try model.sample(4, fixing: [.category(1)], seed: 2)
      let codes = try model.encode(drawn).codes
      return (
        drawn, try model.reconstruct(drawn), codes,
        try model.interpolate(from: codes[0], to: codes[1], count: 3)
      )
    }
    let (drawn, rebuilt, codes, path) = try blocking()
    #expect(try await model.sample(4, fixing: [.category(1)], seed: 2) == drawn)
    #expect(try await model.encode(drawn).codes == codes)
    #expect(try await model.decode(codes) == rebuilt)
    #expect(try await model.reconstruct(drawn) == rebuilt)
    #expect(try await model.interpolate(from: codes[0], to: codes[1], count: 3) == path)
    await #expect(throws: ModelError.imageCount(-1)) { try await model.sample(-1) }
  }
}
