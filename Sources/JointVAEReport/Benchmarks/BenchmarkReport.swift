import JointVAE
import JointVAEFiles
import JointVAERuns

/// What a benchmark measured, in words, as JSON and as a chart.
package struct BenchmarkReport {
  private let result: StepBenchmark.Result

  /// A report of `result`.
  package init(_ result: StepBenchmark.Result) { self.result = result }

  /// One JSON object with sorted keys.
  /// - Throws: `EncodingError` for a number that is not finite.
  package func json() throws -> String { String(try JSONText.encode(result).dropLast()) }

  /// A line a number, for people.
  package var text: String {
    func rounded(_ value: Double) -> String { NumberText.decimal(value, 2) }
    let numbers =
      [
        ["batch", "\(result.batchSize) images of \(size)"],
        ["threads", "\(result.threads)"],
      ] + (result.ranks.map { [["ranks", "\($0), each with these threads"]] } ?? []) + [
        ["instructions", result.instructionSet],
        ["convolutions", result.convolution],
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
      ]
    let phases = phases.map { [$0.name, $0.note] }
    return TextTable(numbers).text + "\n\nWhere the time of a step goes\n" + TextTable(phases).text
  }

  /// Writes a chart of where the time of a step goes, as SVG.
  /// - Throws: `FileError`.
  package func writeChart(to path: String) throws { try chart.write(to: path) }

  /// The chart of where the time of a step goes.
  package var chart: Chart {
    let threads = result.threads == 1 ? "1 thread" : "\(result.threads) threads"
    return Chart(
      title:
        "A training step: \(result.batchSize) images of \(size), \(threads), \(result.instructionSet)",
      bars: [
        (
          "Where the time of a step goes, in ms of "
            + NumberText.decimal(result.medianMilliseconds, 2), phases
        )
      ])
  }

  private var size: String {
    "\(ImageShape(size: result.imageSize, channels: result.channels))"
  }

  private var phases: [Chart.Row] { Self.bars(result.phaseMilliseconds) }

  /// A bar a phase, in the order of a step.
  static func bars(_ milliseconds: [String: Double]) -> [Chart.Row] {
    let total = milliseconds.values.reduce(0, +)
    let phases = StepPhase.allCases.map { ($0.rawValue, name(of: $0)) } + [("waiting", "waiting")]
    return phases.map { key, name in
      let value = milliseconds[key] ?? 0
      let share = total > 0 ? value / total * 100 : 0
      return Chart.Row(
        name: name, note: "\(NumberText.decimal(value, 2)) ms, \(NumberText.decimal(share, 0)) %",
        bar: value)
    }
  }

  private static func name(of phase: StepPhase) -> String {
    switch phase {
    case .encoderForward: "encoder"
    case .denseForward: "dense layers, latents"
    case .decoderForward: "decoder"
    case .loss: "loss"
    case .decoderBackward: "back through decoder"
    case .denseBackward: "back through dense"
    case .encoderBackward: "back through encoder"
    case .update: "update"
    }
  }
}

extension Chart {
  /// A chart of bars, in one or more panels below each other, each with an axis of its own from zero.
  init(title: String, bars panels: [(label: String, rows: [Row])]) {
    self.init(
      title: title,
      summary: panels.map { panel in
        "\(panel.label): " + panel.rows.map { "\($0.name) \($0.note)" }.joined(separator: "; ")
      }.joined(separator: ". ") + ".",
      panels: panels.map { Panel(.rows($0.rows), over: Axis($0.label, includesZero: true)) })
  }
}
