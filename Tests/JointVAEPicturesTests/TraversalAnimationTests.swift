import JointVAE
import JointVAEImages
import JointVAEPictures
import Testing

struct TraversalAnimationTests {
  private func model(_ discrete: [Int], size: Int = 16) throws -> JointVAEModel {
    try JointVAEModel(
      imageShape: ImageShape(size: size), latents: LatentSpec(continuous: 14, discrete: discrete))
  }

  @Test("The sweep goes there and back: frame i is frame n - i, so the cycle has no seam")
  func cycle() throws {
    let model = try model([3])
    let frames = try TraversalAnimation(
      model, variables: [.continuous(0), .continuous(1)], around: LatentTraversal(model.latents)
    ).frames()
    #expect(frames.count == 40)
    for frame in 1..<40 { #expect(frames[frame] == frames[40 - frame]) }
    #expect(frames[0] != frames[20])
  }

  @Test("The ends of the sweep are the ends of the reference's traversal, a row for each category")
  func ends() throws {
    let model = try model([3])
    let center = LatentTraversal(model.latents)
    let variables: [LatentVariable] = [.continuous(3), .continuous(5)]
    let frames = try TraversalAnimation(model, variables: variables, around: center).frames()
    for (row, category) in (0..<3).enumerated() {
      let base = LatentTraversal(
        around: center.code(discrete: 0, category: category))
      for (column, variable) in variables.enumerated() {
        let line = try model.decode(base.line(variable, count: 2))
        #expect(tile(frames[0], row: row, column: column) == line.bytes(of: 0))
        #expect(tile(frames[20], row: row, column: column) == line.bytes(of: 1))
      }
    }
  }

  /// An image of a frame with three rows of 16x16 images; names stand above them.
  private func tile(_ frame: Image, row: Int, column: Int) -> [UInt8] {
    let top = frame.height - (3 - row) * 18
    var values: [UInt8] = []
    for y in top..<top + 16 {
      for x in 0..<16 { values.append(frame[x: 2 + column * 18 + x, y: y, channel: 0]) }
    }
    return values
  }

  @Test("There is a column a latent and a row a category of the first real discrete variable")
  func layout() throws {
    let model = try model([1, 5])
    let all = model.latents.variables
    let frame = try TraversalAnimation(
      model, variables: Array(all.suffix(4)), around: LatentTraversal(model.latents)
    ).frames(count: 2)[0]
    // z12, z13 and c0; the rows show c1. The names above take some room.
    #expect(frame.width == 3 * 18 + 2)
    #expect((5 * 18 + 3...5 * 18 + 20).contains(frame.height))
    let names = TraversalAnimation(
      model, variables: all, around: LatentTraversal(model.latents)
    ).variables
    #expect(names.count == 12)
  }

  @Test("A discrete latent alone takes its categories in turn, each as long")
  func discrete() throws {
    let model = try model([4])
    let traversal = LatentTraversal(model.latents)
    let frames = try TraversalAnimation(model, variables: [.discrete(0)], around: traversal)
      .frames()
    #expect(Set(frames.map(\.pixels)).count == 4)
    #expect(frames[0].width == 18 + 2)
  }

  @Test("Larger images leave room for fewer columns")
  func large() throws {
    let model = try model([], size: 128)
    let animation = TraversalAnimation(
      model, variables: model.latents.variables,
      around: LatentTraversal(model.latents))
    #expect(animation.variables.count == 4)
  }

  @Test("A scale that would take gigabytes is refused")
  func tooLarge() throws {
    let model = try model([])
    let animation = TraversalAnimation(
      model, variables: [.continuous(0)], around: LatentTraversal(model.latents))
    let expected = "at most 143 for an animation of 40 frames of 1 images of 16x16x1"
    #expect(throws: ConfigurationError("scale", "144", expected: expected)) {
      try animation.frames(scale: 144)
    }
    #expect(throws: ConfigurationError("scale", "\(Int.max)", expected: expected)) {
      try animation.frames(scale: .max)
    }
  }
}
