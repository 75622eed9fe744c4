import JointVAE
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct ReferenceSettingsTests {
  private func settings(_ json: String) throws -> ReferenceSettings {
    try withTemporaryFolder { folder in
      try AtomicFile.write(json, to: "\(folder)/specs.json")
      return try ReferenceSettings(contentsOf: "\(folder)/specs.json")
    }
  }

  @Test("The original's keys become ours, and its settings a published recipe")
  func published() throws {
    let settings = try settings(
      """
      {"cont_capacity": [0.0, 5.0, 50000, 100.0], "disc_capacity": [0.0, 10.0, 50000, 100.0],
      "batch_size": 64, "latent_spec": {"disc": [10], "cont": 10}, "epochs": [100], "lr": [0.0005],
      "dataset": "fashion_mnist"}
      """)
    #expect(settings.dataSet == "fashion-mnist")
    #expect(settings.recipe == .fashionMNIST)
    #expect(settings.batchSize == 64)
    #expect(settings.latents == LatentSpec(continuous: 10, discrete: [10]))
  }

  @Test("What a fork leaves out is nil, and other numbers are no recipe")
  func partial() throws {
    #expect(try settings("{}").dataSet == nil)
    #expect(try settings("{\"dataset\": \"mnist\", \"lr\": [0.1]}").recipe == nil)
    #expect(
      try settings("{\"latent_spec\": {\"disc\": [2]}}").latents
        == LatentSpec(continuous: 0, discrete: [2]))
  }

  @Test(
    "Values that cannot be are refused",
    arguments: [
      ("[", "is malformed JSON"), ("{\"lr\": \"fast\"}", "\"lr\" is of another type"),
      ("{\"cont_capacity\": [0, 5, 1.5, 30]}", "expected [minimum, maximum, steps, weight]"),
      ("{\"cont_capacity\": [0, 5, 1e300, 30]}", "expected [minimum, maximum, steps, weight]"),
      ("{\"disc_capacity\": [0, -5, 10, 30]}", "expected at least the minimum"),
    ])
  func refused(json: String, problem: String) throws {
    do {
      _ = try settings(json)
      Issue.record("was accepted")
    } catch let error as FileError {
      #expect(error.path.hasSuffix("/specs.json"))
      #expect(error.problem.contains(problem))
    }
  }
}
