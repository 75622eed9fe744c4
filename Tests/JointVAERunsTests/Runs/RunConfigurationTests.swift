import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct RunConfigurationTests {
  @Test("config.json reads back as it was written")
  func roundTrip() throws {
    var odd = Self.example
    odd.training.reconstructionLoss = .cauchy(scale: 0.1)
    odd.training.reconstructionScale = .sum
    odd.training.optimizer = .sgd(learningRate: 0.1, momentum: 0.9)
    odd.training.length = .steps(77)
    odd.training.seed = .max
    odd.training.latents = LatentSpec(continuous: 0, discrete: [4, 1])
    odd.images.validation = .share(0.1)
    var robust = odd
    robust.training.reconstructionLoss = .robust(RobustLoss(alpha: -.infinity, scale: 0.1))
    var adaptive = odd
    adaptive.training.reconstructionLoss = .adaptive
    for configuration in [Self.example, odd, robust, adaptive] {
      try withTemporaryFolder { folder in
        let path = "\(folder)/config.json"
        try configuration.write(to: path)
        #expect(try RunConfiguration(contentsOf: path) == configuration)
      }
    }
  }

  @Test("A config.json of pairs from before there were brightness and mirroring reads without them")
  func olderTransformation() throws {
    var run = Self.example
    run.training.pairing = Pairing(transformation: .letters)
    try withTemporaryFolder { folder in
      let path = "\(folder)/config.json"
      try run.write(to: path)
      let lines = String(decoding: try BoundedFile.read(path, limit: 1 << 20), as: UTF8.self)
        .split(separator: "\n")
      let older = lines.filter { !$0.contains("\"brightness\"") && !$0.contains("\"mirroring\"") }
      #expect(older.count == lines.count - 2)
      try AtomicFile.write(older.joined(separator: "\n"), to: path)
      #expect(try RunConfiguration(contentsOf: path) == run)
    }
  }

  @Test("config.json is for people too: sorted keys, every setting, a format number")
  func text() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/config.json"
      try Self.example.write(to: path)
      let text = String(decoding: try BoundedFile.read(path, limit: 1 << 20), as: UTF8.self)
      #expect(text == Self.exampleText)
    }
  }

  @Test(
    "A spoiled config.json is refused by name",
    arguments: [
      ("\"seed\" : 5,", "", "\"seed\" is missing"),
      (
        "\"seed\" : 5", "\"seed\" : \"five\"",
        "\"seed\" is of another type; expected a whole number"
      ),
      (
        "\"optimizer\" : {", "\"optimizer\" : [], \"x\" : {",
        "\"optimizer\" is of another type; expected an object"
      ),
      ("\"loss\" : \"bce\"", "\"loss\" : {}", "\"loss\" is of another type; expected text"),
      (
        "\"fit\" : \"crop\"", "\"fit\" : \"squash\"",
        "\"images.request.fit\" cannot be as it is; restore the file, or correct that value"
      ),

      ("\"format\" : 1", "\"format\" : 9", "has format 9; this program reads format 1"),
      (
        "\"loss\" : \"bce\"", "\"loss\" : \"l1\"",
        "loss is l1; expected one of bce, continuous-bernoulli, mse, cauchy, robust, robust-likelihood, adaptive, multicauchy, laplace, gaussian"
      ),
      (
        "\"epochs\" : 3", "\"steps\" : 9, \"epochs\" : 3",
        "length is given twice; expected either \"epochs\" or \"steps\""
      ),
      ("\"epochs\" : 3,", "", "length is missing; expected either \"epochs\" or \"steps\""),
      (
        "\"batchSize\" : 64", "\"batchSize\" : 0",
        "batch size is 0; expected from 1 to 65536 images"
      ),
      (
        "\"name\" : \"adam\"", "\"name\" : \"sgd\"",
        "optimizer is sgd; expected adam with beta1, beta2 and epsilon, or sgd with momentum"
      ),
      (
        "\"continuous\" : 10", "\"continuous\" : 1.5",
        "is malformed JSON, or holds a number that does not fit, such as 1.5 for a count"
      ),
      (
        "\"validation\" : \"0\"", "\"validation\" : \"2.5\"",
        "validation is 2.5; expected a share below 1, such as 0.1, or a number of images"
      ),
    ])
  func spoiled(old: String, new: String, problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/config.json"
      let text = Self.exampleText.replacing(old, with: new)
      #expect(text != Self.exampleText)
      try AtomicFile.write(text, to: path)
      #expect(throws: FileError(path, problem)) { try RunConfiguration(contentsOf: path) }
    }
  }

  @Test("A config.json that is no JSON is refused")
  func noJSON() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/config.json"
      for text in ["", "{", "[1]", "\u{0}"] {
        try AtomicFile.write(text, to: path)
        #expect(throws: FileError.self) { try RunConfiguration(contentsOf: path) }
      }
    }
  }

  static var example: RunConfiguration {
    var training = Recipe.mnist.configuration(imageShape: ImageShape(size: 32))
    training.seed = 5
    training.length = .epochs(3)
    var images = ImagesReference(
      DataSetRequest("mnist", path: "/data/mnist", imageSize: 32, limit: 100))
    images.count = 100
    images.fingerprint = "0123456789abcdef"
    return RunConfiguration(training: training, images: images, recipe: "mnist")
  }

  private static let exampleText = """
    {
      "batchSize" : 64,
      "checkpointInterval" : 1000,
      "continuousCapacity" : {
        "iterations" : 25000,
        "maximum" : 5,
        "minimum" : 0,
        "weight" : 30
      },
      "discreteCapacity" : {
        "iterations" : 25000,
        "maximum" : 5,
        "minimum" : 0,
        "weight" : 30
      },
      "epochs" : 3,
      "format" : 1,
      "imageShape" : {
        "channels" : 1,
        "size" : 32
      },
      "images" : {
        "count" : 100,
        "fingerprint" : "0123456789abcdef",
        "request" : {
          "dataSet" : "mnist",
          "fit" : "crop",
          "imageSize" : 32,
          "inversion" : "auto",
          "isStrict" : false,
          "limit" : 100,
          "path" : "/data/mnist",
          "seed" : 1,
          "usualSplit" : "train"
        },
        "validation" : "0"
      },
      "lanes" : 8,
      "latents" : {
        "continuous" : 10,
        "discrete" : [
          10
        ]
      },
      "logInterval" : 50,
      "loss" : "bce",
      "optimizer" : {
        "beta1" : 0.9,
        "beta2" : 0.999,
        "epsilon" : 1e-08,
        "learningRate" : 0.0005,
        "name" : "adam"
      },
      "recipe" : "mnist",
      "reconstructionScale" : "reference",
      "seed" : 5,
      "temperature" : 0.67,
      "versions" : {
        "jointvae" : "1.0.0-rc.1"
      }
    }

    """
}
