import ArgumentParser
import JointVAE
import JointVAEReports

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure training steps on this machine.",
    discussion: """
      Trains on random images with latents 10 + [10] and measures, in the same run, how many multiply-adds the machine can do.

        jointvae bench
        jointvae bench --json --image-size 64 --threads 2
        jointvae bench --inference
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Measure encoding and decoding, of 10,000 images and of one, in place of training.")
  var inference = false

  @Option(parsing: .unconditional, help: "Height and width of the images: 16, 32, 64 or 128.")
  var imageSize = 32

  @Option(parsing: .unconditional, help: "1 for gray images, 3 for RGB.")
  var channels = 1

  @Option(parsing: .unconditional, help: "Images a step.")
  var batchSize = 64

  @Option(parsing: .unconditional, help: "Threads to train with. (default: one a core)")
  var threads: Int?

  @Option(help: "Rounds of 20 steps, each followed by a measurement of the peak.")
  var rounds = 10

  func validate() throws {
    try Parsing.requirePositive(("--rounds", rounds))
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
    do { try configuration.validate() } catch let error as ConfigurationError {
      throw ValidationError("\(error).")
    }
  }

  func run() throws {
    if inference { return try runInference() }
    var benchmark = StepBenchmark(configuration: configuration, threads: threads)
    benchmark.rounds = rounds
    benchmark.instructionSet = try InstructionSet.requested(Environment.instructionSet)
    let report = BenchmarkReport(try benchmark.run())
    print(json ? try report.json() : report.text)
  }

  private func runInference() throws {
    var benchmark = InferenceBenchmark(
      imageShape: configuration.imageShape, latents: configuration.latents, threads: threads)
    benchmark.instructionSet = try InstructionSet.requested(Environment.instructionSet)
    let report = InferenceReport(try benchmark.run())
    print(json ? try report.json() : report.text)
  }

  private var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: imageSize, channels: channels), latents: Recipe.mnist.latents)
    configuration.batchSize = batchSize
    return configuration
  }
}
