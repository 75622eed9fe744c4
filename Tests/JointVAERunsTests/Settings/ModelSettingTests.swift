import JointVAE
import JointVAEData
import JointVAERuns
import Testing

@Suite("The setting model") struct ModelSettingTests {
  private func run(
    _ texts: [String: String], on dataSet: String = "shapes"
  ) throws -> TrainingConfiguration {
    var changes = SettingChanges()
    for (name, text) in texts { changes[text: name] = text }
    return try changes.newRun(on: dataSet).training
  }

  @Test("JointVAE is what nothing chooses, and choosing it changes nothing")
  func unchanged() throws {
    #expect(try run([:]) == run(["model": "jointvae"]))
    #expect(try run([:]).variant == nil)
    #expect(try run([:], on: "mnist") == run(["model": "jointvae"], on: "mnist"))
  }

  @Test(
    "Other models have as many continuous latents as the recipe's vector has numbers, and no pairs",
    arguments: ModelVariant.Name.allCases.filter { $0 != .jointVAE })
  func latents(name: ModelVariant.Name) throws {
    let shapes = try run(["model": name.rawValue])
    #expect(shapes.model == ModelVariant(name))
    #expect(shapes.latents == LatentSpec(continuous: 8))
    let digits = try run(["model": name.rawValue, "continuous": "6"], on: "mnist")
    #expect(digits.latents == LatentSpec(continuous: 6))
    #expect(digits.pairing == nil)
  }

  @Test("Discrete latents take the place of the surplus continuous ones")
  func discrete() throws {
    let beta = try run(["model": "beta-vae", "beta": "3", "discrete": "4"])
    #expect(beta.latents == LatentSpec(continuous: 4, discrete: [4]))
    #expect(beta.model == .betaVAE(beta: 3))
    let both = try run(["model": "vae", "discrete": "4", "continuous": "9"])
    #expect(both.latents == LatentSpec(continuous: 9, discrete: [4]))
  }

  @Test(
    "What does not belong to a model is refused, naming the models that have it",
    arguments: [
      (
        ["beta": "4"],
        "beta is 4.0; expected none with jointvae; it goes with beta-vae and beta-tcvae"
      ),
      (
        ["model": "vae", "beta": "4"],
        "beta is 4.0; expected none with vae; it goes with beta-vae and beta-tcvae"
      ),
      (
        ["model": "beta-vae", "tc-sampling": "weighted"],
        "total correlation sampling is weighted; expected none with beta-vae; it goes with beta-tcvae"
      ),
      (
        ["model": "beta-vae", "dip-diagonal": "1"],
        "diagonal weight is 1.0; expected none with beta-vae; it goes with dip-vae-1 and dip-vae-2"
      ),
      (
        ["model": "dip-vae-1", "continuous-capacity": "0,5,100,30"],
        "continuous capacity is 0.0,5.0,100,30.0; expected none with dip-vae-1; it goes with jointvae and cci-vae"
      ),
      (
        ["model": "cci-vae", "discrete-capacity": "0,5,100,30"],
        "discrete capacity is 0.0,5.0,100,30.0; expected none with cci-vae; it goes with jointvae"
      ),
      (
        ["model": "cci-vae", "continuous-capacity": "-1,5,100,30"],
        "continuous capacity minimum is -1.0; expected at least 0 nats"
      ),
      (
        ["model": "beta-tcvae", "discrete": "4"],
        "discrete latents is [4]; expected none with beta-tcvae, which is defined for continuous ones; "
          + "discrete ones go with jointvae, vae, beta-vae, cci-vae and factor-vae"
      ),
      (
        ["model": "beta-vae", "pairs": "shapes"],
        "pairs is a transformation; expected none with beta-vae; pairs go with jointvae"
      ),
      (
        ["model": "dip-vae-2", "batch-size": "1"],
        "batch size is 1; expected at least 2 images with dip-vae-2, which compares the images of a batch"
      ),
      (["model": "beta-vae", "beta": "-1"], "beta is -1.0; expected at least 0"),
      (
        ["model": "betavae"],
        "model is \"betavae\"; expected jointvae, vae, beta-vae, cci-vae, beta-tcvae, dip-vae-1, dip-vae-2 or factor-vae; "
          + "did you mean beta-vae?"
      ),
    ])
  func refused(texts: [String: String], message: String) {
    let error = #expect(throws: ConfigurationError.self) { try run(texts) }
    #expect(error?.description == message)
  }

  @Test("A resumed run of another model is refused, with both names")
  func resumed() throws {
    let before = RunConfiguration(
      training: try run(["model": "beta-vae"]),
      images: ImagesReference(DataSetRequest("shapes", imageSize: 32)), recipe: "shapes")
    var changes = SettingChanges()
    changes.model = .dipVAE1
    let difference = try #require(
      SettingTable.difference(of: try changes.applied(to: before), from: before))
    #expect(difference.contains("model beta-vae, not dip-vae-1"))
    changes = SettingChanges()
    changes.model = .betaVAE
    #expect(SettingTable.difference(of: try changes.applied(to: before), from: before) == nil)
    changes.beta = 9
    #expect(
      SettingTable.difference(of: try changes.applied(to: before), from: before)
        == "beta 4.0, not 9.0")
  }
}
