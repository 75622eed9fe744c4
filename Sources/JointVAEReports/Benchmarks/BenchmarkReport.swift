import JointVAE

/// What a benchmark measured, in words and as JSON.
public struct BenchmarkReport {
  private let result: StepBenchmark.Result

  /// A report of `result`.
  public init(_ result: StepBenchmark.Result) { self.result = result }

  /// One JSON object with sorted keys.
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> String { String(try JSONText.encode(result).dropLast()) }

  /// A line a number, for people.
  public var text: String {
    func rounded(_ value: Double) -> String { ProgressLine.decimal(value, 2) }
    return TextTable([
      [
        "batch",
        "\(result.batchSize) images of \(result.imageSize)x\(result.imageSize)x\(result.channels)",
      ],
      ["threads", "\(result.threads)"],
      ["instructions", result.instructionSet],
      [
        "step",
        "\(rounded(result.medianMilliseconds)) ms median, \(rounded(result.minimumMilliseconds)) ms minimum",
      ],
      ["images", "\(Int(result.imagesPerSecond.rounded())) a second"],
      ["arithmetic", "\(rounded(result.gigaflops)) GFLOP/s"],
      [
        "peak",
        "\(rounded(result.peakGigaflops)) GFLOP/s, \(Int((result.shareOfPeak * 100).rounded())) % of it used",
      ],
    ]).text
  }
}
