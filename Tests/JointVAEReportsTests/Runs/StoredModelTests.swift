import JointVAE
import JointVAEFiles
import JointVAEReports
import TestSupport
import Testing

struct StoredModelTests {
  private func makeModel() throws -> JointVAE {
    try JointVAE(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3]))
  }

  @Test("A file of weights is a model without a run")
  func file() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/weights.safetensors"
      try makeModel().save(to: path)
      let stored = try StoredModel(path)
      #expect(stored.model.latents == LatentSpec(continuous: 2, discrete: [3]))
      #expect(stored.configuration == nil)
      #expect(stored.summary == nil)
      #expect(
        stored.unknownInformation.description
          == "\(path): says nothing of its latents' KL; measure them on a data set with --dataset NAME"
      )
    }
  }

  @Test("A run folder is its model with its settings, and its summary when there is one")
  func run() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      try RunConfigurationTests.example.write(to: run.configuration)
      #expect(
        throws: FileError(
          folder, "has no model.safetensors yet; train writes it at its first checkpoint")
      ) { try StoredModel(folder) }
      try makeModel().save(to: run.model)
      #expect(try StoredModel(folder).configuration == RunConfigurationTests.example)
      #expect(try StoredModel(folder).summary == nil)
      let summary = RunSummary(
        step: 7, imageCount: 9, kl: LatentInformation(continuous: [1, 2], discrete: [3]))
      try summary.write(to: run.summary)
      #expect(try StoredModel(folder).summary == summary)
      try AtomicFile.write("{\"step\": 7}", to: run.summary)
      #expect(throws: FileError(run.summary, "\"imageCount\" is missing")) {
        try StoredModel(folder)
      }
    }
  }

  @Test("What is no model is refused")
  func refused() throws {
    try withTemporaryFolder { folder in
      #expect(
        throws: FileError(
          "\(folder)/x", "does not exist; expected a run folder, a .safetensors or a .pt file")
      ) { try StoredModel("\(folder)/x") }
      #expect(
        throws: FileError(
          folder, "is no run (it has no config.json); expected a folder that train made")
      ) { try StoredModel(folder) }
      try AtomicFile.write("hello", to: "\(folder)/text")
      #expect(throws: FileError.self) { try StoredModel("\(folder)/text") }
    }
  }
}
