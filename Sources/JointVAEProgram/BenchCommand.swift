import ArgumentParser
import JointVAE
import JointVAECluster
import JointVAEFiles
import JointVAEReport

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure training steps on this machine.",
    discussion: """
      The command trains on random images with latents 10 + [10]. In the same run it measures how many multiply-adds the \
      machine can do, and how a step divides its time. Ranks that a launcher has started share each step.

        jointvae bench
        jointvae bench --image-size 64 --threads 2 --json step.json --svg step.svg
        jointvae bench --convolution direct
        jointvae bench --inference
        mpirun -n 2 jointvae bench --batch-size 512
        jointvae bench --comparison comparison.json --svg comparison.svg
      """)

  @Option(
    defaultAsFlag: "-",
    help: ArgumentHelp(
      "Write one JSON object to a file; without a name, print it in place of the text.",
      valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp("Draw where the time of a step goes, as an SVG file.", valueName: "file"))
  var svg: String?

  @Option(
    help: ArgumentHelp(
      "Measure nothing: draw what benchmarks/compare.py wrote to a file with --json.",
      valueName: "file"))
  var comparison: String?

  @Flag(
    help: ArgumentHelp(
      "Measure encoding and decoding in place of training: of 10,000 images, of one, and of one by several callers "
        + "at once."))
  var inference = false

  @Option(help: "How convolutions are computed: direct, winograd or automatic.")
  var convolution = ConvolutionMethod.automatic

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Height and width of the images, such as 64, or 48x80. (default: 32)", valueName: "pixels"),
    transform: ImageSize.init(text:))
  var imageSize: ImageSize = 32

  @Option(parsing: .unconditional, help: "Values of a pixel: 1 for gray images, 3 for RGB.")
  var channels = 1

  @Option(help: "The network: paper, small, wide or deep.")
  var network = NetworkPreset.paper

  @Option(
    help: ArgumentHelp(
      "Channels of each convolution of the encoder, such as 32,64,128; the decoder mirrors them.",
      valueName: "N,..."),
    transform: Self.counts)
  var networkChannels: [Int]?

  @Option(
    help: ArgumentHelp(
      "Units of each hidden layer, such as 256 or 512,256.", valueName: "N,..."),
    transform: Self.counts)
  var hidden: [Int]?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "3x3 convolutions of stride 1 behind every halving and before every doubling.",
      valueName: "N"))
  var extraConvolutions: Int?

  @Option(help: "What becomes of negative values: relu or leaky-relu.")
  var activation = HiddenActivation.rectified

  @Option(parsing: .unconditional, help: "Images a step.")
  var batchSize = 64

  @Option(
    parsing: .unconditional,
    help: "Parts of a batch, each with a gradient of its own, that threads work on.")
  var lanes = 8

  @Option(parsing: .unconditional, help: "Threads to train with. (default: one a core)")
  var threads: Int?

  @Option(help: "Rounds: steps, a measurement of the peak, and steps whose parts are measured.")
  var rounds = 10

  @Option(help: "Steps of a round, before the peak and after it.")
  var steps = 20

  func validate() throws {
    try Parsing.requirePositive(("--rounds", rounds), ("--steps", steps))
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
    if let svg { try Parsing.requireExtension(["svg"], of: svg, argument: "--svg") }
    if comparison != nil && svg == nil {
      throw ValidationError("--comparison needs --svg, the file to draw to.")
    }
    if let extraConvolutions, !(0...8).contains(extraConvolutions) {
      throw ValidationError("--extra-convolutions is \(extraConvolutions); expected from 0 to 8.")
    }
    if inference && (svg != nil || convolution != .automatic) {
      throw ValidationError("--inference goes with neither --svg nor --convolution.")
    }
    if inference && configuration.widths != nil {
      throw ValidationError(
        "--inference measures the paper's network, and goes with no option for another.")
    }
    do { try configuration.validate() } catch let error as ConfigurationError {
      throw ValidationError("\(error).")
    }
  }

  func run() throws {
    if let comparison, let svg {
      return try BenchmarkComparison(contentsOf: comparison).writeChart(to: svg)
    }
    if inference { return try runInference() }
    var benchmark = StepBenchmark(
      configuration: configuration, compute: try Environment.compute(threads: threads))
    benchmark.rounds = rounds
    benchmark.stepsPerRound = steps
    benchmark.convolution = convolution
    guard RankWork.isThere else { return try report(benchmark.run()) }
    let stop = StopSignal()
    guard let work = try RankWork.join(stop: stop, threads: threads) else { return }
    try work.requireAgreement(folder: nil)
    benchmark.compute = try Environment.compute(threads: work.threadsPerJob)
    benchmark.team = work.team
    let result = try benchmark.run()
    if work.ranks.rank == 0 { try report(result) }
    work.ranks.leave()
  }

  private func report(_ result: StepBenchmark.Result) throws {
    let report = BenchmarkReport(result)
    try put(text: report.text, json: report.json())
    if let svg { try report.writeChart(to: svg) }
  }

  private func runInference() throws {
    let benchmark = InferenceBenchmark(
      imageShape: configuration.imageShape, latents: configuration.latents,
      compute: try Environment.compute(threads: threads))
    let report = InferenceReport(try benchmark.run())
    try put(text: report.text, json: report.json())
  }

  private func put(text: String, json object: String) throws {
    if let json, json != "-" { try AtomicFile.write(object + "\n", to: json) }
    try StandardOutput.print(json == "-" ? object : text)
  }

  private var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: imageSize, channels: channels), latents: Recipe.mnist.latents)
    configuration.networkWidths = widths(for: configuration.imageShape)
    configuration.batchSize = batchSize
    configuration.lanes = lanes
    return configuration
  }
}

extension BenchCommand {
  /// The preset's widths with what the options change.
  private func widths(for image: ImageShape) -> NetworkWidths {
    let preset = network.widths(for: image)
    var widths = networkChannels.map { NetworkWidths(mirroring: $0, for: image) } ?? preset
    widths = widths.with(extraConvolutions: extraConvolutions ?? preset.extraConvolutions ?? 0)
    widths.hiddenUnits = hidden ?? preset.hiddenUnits
    widths.activation = activation
    return widths
  }

  private static func counts(_ text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let count = Int($0) else {
        throw ValidationError("expected whole numbers with commas, such as 32,64,128")
      }
      return count
    }
  }
}

extension ConvolutionMethod: ExpressibleByArgument {}

extension HiddenActivation: ExpressibleByArgument {}

extension NetworkPreset: ExpressibleByArgument {}
