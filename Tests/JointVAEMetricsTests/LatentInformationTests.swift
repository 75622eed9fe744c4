import JointVAE
import JointVAEData
import JointVAEMetrics
import Testing

struct LatentInformationTests {
  private let kl = LatentInformation(continuous: [0.05, 3, 0.5], discrete: [0.5, 0])

  @Test("Latents are sorted by KL, equal ones in their own order")
  func sorted() {
    let latents = LatentSpec(continuous: 3, discrete: [4, 2])
    let names = kl.sorted(latents.variables).map(\.description)
    #expect(names == ["z1", "z2", "c0", "z0", "c1"])
    #expect(kl.shown(of: latents).map(\.description) == ["z1", "z2", "c0"])
  }

  @Test("A model of which nothing is active shows its first latents")
  func inactive() {
    let latents = LatentSpec(continuous: 6)
    let none = LatentInformation(continuous: Array(repeating: 0, count: 6), discrete: [])
    #expect(none.shown(of: latents).map(\.description) == ["z0", "z1", "z2", "z3"])
  }

  @Test("A label has the name and two decimals")
  func label() {
    #expect(kl.label(.continuous(1)) == "z1 KL 3.00")
    #expect(kl.label(.discrete(0)) == "c0 KL 0.50")
    #expect(kl[.continuous(9)] == 0)
  }

  @Test("Where information was measured, it sorts and labels in place of the KL")
  func information() {
    var measured = kl
    measured.information = CodeInformation(
      Encoding(
        latents: LatentSpec(continuous: 3), count: 2, mean: [0, 5, -9, 0, 5, 9],
        logVariance: Array(repeating: 0, count: 6), probabilities: []))
    let latents = LatentSpec(continuous: 3)
    #expect(measured.sorted(latents.variables).map(\.description) == ["z2", "z0", "z1"])
    #expect(measured.label(.continuous(2)) == "z2 0.69 nats")
    #expect(measured.shown(of: latents).map(\.description) == ["z2"])
  }

  @Test("The KLs are those the engine computes for the objective")
  func objective() throws {
    let latents = LatentSpec(continuous: 3, discrete: [4, 1])
    let model = try JointVAEModel(imageShape: ImageShape(size: 16), latents: latents, seed: 4)
    let images = try DataSetCatalog().load(DataSetRequest("shapes", imageSize: 16, limit: 30))
    let measured = try LatentInformation(of: model, on: ImageBatch(images, at: 0..<30))
    let configuration = TrainingConfiguration(imageShape: model.imageShape, latents: latents)
    let terms = try model.lossTerms(on: images, configuration: configuration, step: 1).terms
    for (mine, engine) in zip(
      measured.continuous + measured.discrete, terms.continuousKLs + terms.discreteKLs)
    {
      #expect(abs(mine - engine) < 1e-6)
    }
    #expect(measured.continuous.count == 3)
    // The initial posterior is not the prior, so there is something to compare.
    #expect(measured.continuous[0] > 1e-5)
    #expect(abs(measured.discrete[1]) < 1e-6)
  }
}
