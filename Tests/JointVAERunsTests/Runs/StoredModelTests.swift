import JointVAEMetrics
import Foundation
import JointVAE
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct StoredModelTests {
  private func makeModel() throws -> JointVAEModel {
    try JointVAEModel(
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
          == "\(path): does not hold the KL of its latents; measure them on a data set"
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

  @Test(
    "A run's converted file keeps its settings, its summary and notes, and no place on this machine"
  )
  func converted() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try FileManager.default.createDirectory(
        atPath: run.path, withIntermediateDirectories: true)
      var configuration = RunConfigurationTests.example
      configuration.images.request.dataSet = "\(folder)/letters.zip+mnist"
      configuration.images.request.path = "\(folder)/data"
      try configuration.write(to: run.configuration)
      try makeModel().save(to: run.model)
      let summary = RunSummary(
        step: 7, imageCount: 9, kl: LatentInformation(continuous: [1, 2], discrete: [3]))
      try summary.write(to: run.summary)

      let path = "\(folder)/model.safetensors"
      try ModelConversion(from: run.path, to: path, precision: .half, notes: ["author": "A. \"B\""])
        .write()
      let stored = try StoredModel(path)
      configuration.images.request.dataSet = "letters+mnist"
      configuration.images.request.path = nil
      #expect(stored.configuration == configuration)
      #expect(stored.summary == summary)
      #expect(stored.notes == ["author": "A. \"B\""])
      let text = String(decoding: try BoundedFile.read(path, limit: 1 << 24), as: UTF8.self)
      #expect(!text.contains(folder))

      // Converted again it says the same, and what is added.
      let second = "\(folder)/second.safetensors"
      try ModelConversion(from: path, to: second, precision: .half, notes: ["scores": "good"])
        .write()
      let again = try StoredModel(second)
      #expect(again.configuration == configuration)
      #expect(again.notes == ["author": "A. \"B\"", "scores": "good"])
      #expect(again.model.tensors == stored.model.tensors)
    }
  }

  @Test("Settings in a file that cannot be are refused with the file's name")
  func damagedMetadata() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      try makeModel().save(to: path, notes: ["configuration": "{}"])
      #expect(throws: FileError(path, "\"format\" is missing")) { try StoredModel(path) }
      try makeModel().save(to: path, notes: ["summary": "{\"step\": 7}"])
      #expect(throws: FileError(path, "\"imageCount\" is missing")) { try StoredModel(path) }
    }
  }

  @Test(
    "A key of ours that means something else to another program does not hinder",
    arguments: [
      ("category_groups", "fruit: 0 1", nil), ("aggregate_posterior", "posthumous", nil),
      ("categories", "dogs, cats", nil),
      ("configuration", "{\"model_type\": \"vae\"}", "\"format\" is missing"),
      ("summary", "learns quickly", "is malformed JSON"),
      ("image", "debian:12", "says its images are \"debian:12\""),
      ("temperature", "hot", "says its temperature is \"hot\"; expected a number above 0"),
      ("temperature", "-1", "says its temperature is \"-1\""),
      ("temperature", "nan", "says its temperature is \"nan\""),
      ("learned_alpha", "0.1", "says learned_alpha 0.1"),
    ] as [(String, String, String?)])
  func foreignMetadata(key: String, text: String, problem: String?) throws {
    let model = try makeModel()
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      for format in [nil, "pt"] as [String?] {
        var metadata = [key: text]
        metadata["format"] = format
        try Safetensors(tensors: model.tensors, metadata: metadata).write(to: path)
        let stored = try StoredModel(path)
        #expect(stored.model.tensors == model.tensors && stored.model.temperature == 0.67)
        #expect(stored.configuration == nil && stored.summary == nil)
        #expect(stored.categoryGroups == nil && stored.categoryNames == nil)
        #expect(stored.model.learnedLoss == nil)
      }
      // The same in a file of this package is damage, where it is not a note.
      try Safetensors(
        tensors: model.tensors, metadata: [key: text, "format": "jointvae"]
      ).write(to: path)
      guard let problem else {
        #expect(try StoredModel(path).model.tensors == model.tensors)
        return
      }
      let error = #expect(throws: FileError.self) { try StoredModel(path) }
      #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
    }
  }

  @Test("A doubtful size and an activation that is unknown are refused in any file")
  func doubtfulMetadata() throws {
    let model = try makeModel()
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      for (key, text) in [("image", "16x16"), ("activation", "swish")] {
        try Safetensors(tensors: model.tensors, metadata: [key: text]).write(to: path)
        let error = #expect(throws: FileError.self) { try StoredModel(path) }
        #expect(error?.problem.contains("\"\(text)\"") == true)
      }
    }
  }

  @Test("Groups of other categories than the model has are refused where the file is a run's")
  func damagedGroups() throws {
    let model = try makeModel()
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      let configuration = try RunConfigurationTests.example.json()
      for (groups, isRight) in [("c0: 0 1 0", true), ("c0: 0 1", false), ("c1: 0 1 0", false)] {
        try model.save(
          to: path, notes: ["configuration": configuration, "category_groups": groups])
        if isRight {
          #expect(try StoredModel(path).categoryGroups?.groups == [0, 1, 0])
        } else {
          let error = #expect(throws: FileError.self) { try StoredModel(path) }
          #expect(error?.problem.contains("groups the categories as \"\(groups)\"") == true)
        }
      }
    }
  }

  @Test("Rounding and notes need a file that has a place for them")
  func unfitConversions() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      try makeModel().save(to: path)
      #expect(throws: ConfigurationError.self) {
        try ModelConversion(from: path, to: "\(folder)/a.pt", precision: .half)
      }
      #expect(throws: ConfigurationError.self) {
        try ModelConversion(from: path, to: "\(folder)/a.pt", notes: ["a": "b"])
      }
      for key in ["format", "temperature", "summary", "learned_alpha"] {
        #expect(
          throws: ConfigurationError(
            "note", key, expected: "a name that the model does not use itself")
        ) {
          try ModelConversion(from: path, to: "\(folder)/a.safetensors", notes: [key: "b"])
        }
      }
    }
  }

  @Test("A name is a model that the package brings")
  func names() throws {
    let digits = try StoredModel("mnist")
    #expect(digits.model.latents == LatentSpec(continuous: 10, discrete: [10]))
    #expect(digits.dataSet == "mnist")
    #expect(digits.summary?.kl.continuous.count == 10)
    // In a folder there is none of that name.
    #expect(throws: FileError.self) { try StoredModel("./mnist") }
  }

  @Test("What is no model is refused")
  func refused() throws {
    try withTemporaryFolder { folder in
      #expect(
        throws: FileError(
          "\(folder)/x",
          "does not exist; expected a run folder, a .safetensors, .pt or .onnx file, or one of the models "
            + "that jointvae brings: az-letters, arabic-characters, fashion-mnist, four-shapes, "
            + "math-symbols, mnist, shapes")
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
