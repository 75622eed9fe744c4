import Foundation
import JointVAE
import JointVAEReport
import TestSupport
import Testing

@Suite struct BenchmarkReportTests {
  private func result(threads: Int = 1) throws -> StepBenchmark.Result {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2))
    configuration.batchSize = 4
    var benchmark = StepBenchmark(configuration: configuration, compute: .threads(threads))
    (benchmark.rounds, benchmark.stepsPerRound) = (2, 3)
    benchmark.convolution = .direct
    return try benchmark.run()
  }

  @Test("A benchmark's JSON has the promised keys")
  func keys() throws {
    let json = try BenchmarkReport(try result()).json()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "batchSize", "channels", "convolution", "gigaflops", "imageSize", "imagesPerSecond",
        "instructionSet", "medianMilliseconds", "minimumMilliseconds", "peakGigaflops",
        "percentile90Milliseconds", "phaseMilliseconds", "shareOfPeak", "threads",
      ])
    #expect(object["convolution"] as? String == "direct")
  }

  @Test(
    "The parts of a step add up to its median, and each but waiting takes time", arguments: [1, 2])
  func phases(threads: Int) throws {
    let result = try result(threads: threads)
    let phases = result.phaseMilliseconds
    #expect(Set(phases.keys) == Set(StepPhase.allCases.map(\.rawValue) + ["waiting"]))
    #expect(abs(phases.values.reduce(0, +) / result.medianMilliseconds - 1) < 1e-6)
    for phase in StepPhase.allCases { #expect((phases[phase.rawValue] ?? 0) > 0, "\(phase)") }
    #expect(result.minimumMilliseconds <= result.medianMilliseconds)
    #expect(result.medianMilliseconds <= result.percentile90Milliseconds)
  }

  @Test("Its text says what was measured, line by line")
  func text() throws {
    var result = try result()
    result.phaseMilliseconds = ["update": 1, "waiting": 3]
    let lines = BenchmarkReport(result).text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "batch         4 images of 16x16x1")
    #expect(lines[1] == "threads       1")
    #expect(lines[3] == "convolutions  direct")
    #expect(lines[8] == "Where the time of a step goes")
    #expect(
      lines.suffix(2) == [
        "update                 1.00 ms, 25 %", "waiting                3.00 ms, 75 %",
      ])
  }

  @Test("A benchmark of inference counts what several callers of one model get, a line each")
  func callers() throws {
    var benchmark = InferenceBenchmark(
      imageShape: ImageShape(size: 8), latents: LatentSpec(continuous: 2), compute: .threads(1))
    (benchmark.imageCount, benchmark.rounds, benchmark.singleCount) = (16, 1, 40)
    var result = try benchmark.run()
    #expect(result.concurrent.map(\.count) == [1, 2, 4, 8])
    for callers in result.concurrent {
      #expect(callers.encodedPerSecond > 0 && callers.decodedPerSecond > 0)
    }
    result.concurrent = [.init(count: 2, encodedPerSecond: 900.4, decodedPerSecond: 1000)]
    #expect(
      InferenceReport(result).text.contains(
        "2 callers            900 images a second encoded, 1000 decoded"))
  }

  @Test("Its chart is well-formed SVG with a bar for every part of a step")
  func chart() throws {
    let report = BenchmarkReport(try result())
    try withTemporaryFolder { folder in
      try report.writeChart(to: "\(folder)/step.svg")
      let svg = try String(contentsOfFile: "\(folder)/step.svg", encoding: .utf8)
      let bars = try SVGReader(svg).all("rect").count { $0.classes.first == "bar" }
      #expect(bars == StepPhase.allCases.count + 1)
      #expect(svg.contains("A training step: 4 images of 16x16x1, 1 thread"))
    }
  }
}
