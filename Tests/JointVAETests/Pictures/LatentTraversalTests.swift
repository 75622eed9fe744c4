import JointVAE
import TestSupport
import Testing

struct LatentTraversalTests {
  private let latents = LatentSpec(continuous: 2, discrete: [3, 2])

  @Test("A continuous line takes the quantiles 0.05 to 0.95, the rest at 0 and category 0")
  func continuousLine() {
    let line = LatentTraversal(latents).line(.continuous(1), count: 3).flatMap(\.vector)
    let end = Float(1.6448536269514722)
    #expect(
      line == [
        0, -end, 1, 0, 0, 1, 0,
        0, 0, 1, 0, 0, 1, 0,
        0, end, 1, 0, 0, 1, 0,
      ])
  }

  @Test("A discrete line takes the categories in turn and begins again")
  func discreteLine() {
    let line = LatentTraversal(latents).line(.discrete(0), count: 4).flatMap(\.vector)
    #expect(
      line == [
        0, 0, 1, 0, 0, 1, 0,
        0, 0, 0, 1, 0, 1, 0,
        0, 0, 0, 0, 1, 1, 0,
        0, 0, 1, 0, 0, 1, 0,
      ])
  }

  @Test("The other latents keep the base they are given")
  func base() {
    let base: [Float] = [0.5, -0.25, 0, 1, 0, 0, 1]
    let line = LatentTraversal(around: LatentCode(latents, vector: base)).line(
      .discrete(1), count: 2
    ).flatMap(\.vector)
    #expect(line == [0.5, -0.25, 0, 1, 0, 1, 0, 0.5, -0.25, 0, 1, 0, 0, 1])
  }

  @Test("A grid varies its first latent from row to row and its second along them")
  func grid() {
    let end = Float(1.6448536269514722)
    let grid = LatentTraversal(latents).grid(
      rows: (.discrete(1), 2), columns: (.continuous(0), 2))
    #expect(
      grid.flatMap(\.vector) == [
        -end, 0, 1, 0, 0, 1, 0, end, 0, 1, 0, 0, 1, 0,
        -end, 0, 1, 0, 0, 0, 1, end, 0, 1, 0, 0, 0, 1,
      ])
  }

  @Test("A single point stands in the middle")
  func singlePoint() {
    #expect(
      LatentTraversal(latents).line(.continuous(0), count: 1).map(\.vector) == [
        [0, 0, 1, 0, 0, 1, 0]
      ])
  }

  @Test("All latents are z0, z1, ... c0, ..., or those asked for")
  func all() {
    let traversal = LatentTraversal(latents)
    let names = latents.variables.map(\.description)
    #expect(names == ["z0", "z1", "c0", "c1"])
    #expect(traversal.all(count: 5).count == 4 * 5)
    #expect(
      traversal.all([.discrete(1), .continuous(0)], count: 5)
        == traversal.line(.discrete(1), count: 5) + traversal.line(.continuous(0), count: 5))
  }

  @Test(
    "The latents of the reference's own traversals are met",
    .enabled(if: SharedFiles.goldens.has("checkpoint-mnist.safetensors")),
    arguments: ["mnist", "fashion", "dsprites"])
  func goldens(name: String) throws {
    let file = try Safetensors(
      contentsOf: SharedFiles.goldens.path("checkpoint-\(name).safetensors"))
    let golden = try #require(file["traversal.latents"])
    let continuous = try #require(file.metadata["cont"].flatMap { Int($0) })
    let discrete = try #require(file.metadata["disc"])
      .split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    let latents = LatentSpec(continuous: continuous, discrete: discrete)
    let vectors = LatentTraversal(latents).all(count: 8).flatMap(\.vector)
    #expect(golden.shape == [vectors.count / latents.dimension, latents.dimension])
    let largest = zip(vectors, golden.floats).map { abs($0 - $1) }.max()
    #expect(try #require(largest) <= 1e-6)
  }
}
