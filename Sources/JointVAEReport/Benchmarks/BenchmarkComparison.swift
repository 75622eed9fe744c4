import Foundation
import JointVAE
import JointVAEFiles
import JointVAERuns

/// What benchmarks/compare.py measured: training steps of this package and of PyTorch, in turns.
package struct BenchmarkComparison: Codable, Hashable, Sendable {
  /// Times of steps, in milliseconds.
  package struct Times: Codable, Hashable, Sendable {
    /// Half of all steps take no longer.
    package var medianMilliseconds: Double
    /// The shortest step.
    package var minimumMilliseconds: Double
    /// Nine of ten steps take no longer.
    package var percentile90Milliseconds: Double
    /// For ours, how a step divides, as in `StepBenchmark.Result`.
    package var phaseMilliseconds: [String: Double]?
    /// For a peer, the least and the greatest ratio of medians of one turn to ours.
    package var ratioSpread: [Double]?
  }

  /// Height and width of the images, in pixels.
  package var imageSize: Int
  /// Values a pixel.
  package var channels: Int
  /// Images a step.
  package var batchSize: Int
  /// Threads of every program.
  package var threads: Int
  /// The version of PyTorch.
  package var torch: String
  /// Ours.
  package var jointvae: Times
  /// Others, by name.
  package var peers: [String: Times]

  /// Reads a file that compare.py wrote.
  /// - Throws: `FileError` with what is not as expected.
  package init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: 1 << 20)
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw FileError(
        path, "is no comparison of benchmarks/compare.py --json: \(error.sentence); write it anew")
    }
    let times = [jointvae] + peers.values
    let numbers = times.flatMap {
      [$0.medianMilliseconds, $0.minimumMilliseconds, $0.percentile90Milliseconds]
        + ($0.phaseMilliseconds.map { Array($0.values) } ?? [])
    }
    guard let wrong = numbers.first(where: { !(0...1e9).contains($0) }) else { return }
    throw FileError(path, "holds a time of \(wrong) ms; expected numbers from 0 to 1e9")
  }

  /// Writes a chart of all times, and of how ours divides, as SVG.
  /// - Throws: `FileError`.
  package func writeChart(to path: String) throws { try chart.write(to: path) }

  /// The chart of all times, and of how ours divides.
  package var chart: Chart {
    let all = [("jointvae", jointvae)] + peers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    var panels = [
      (
        "Median of all steps in ms; the thin line runs from the shortest to the 90th percentile",
        all.map(bar)
      )
    ]
    if let phases = jointvae.phaseMilliseconds {
      panels.append(
        (
          "Where the time of a step of jointvae goes, in ms", BenchmarkReport.bars(phases)
        ))
    }
    return Chart(
      title: "A training step: \(batchSize) images of \(imageSize)x\(imageSize)x\(channels), "
        + "\(threads) threads, PyTorch \(torch)",
      bars: panels)
  }

  private func bar(_ name: String, _ times: Times) -> Chart.Row {
    let low = min(times.minimumMilliseconds, times.percentile90Milliseconds)
    var note = NumberText.decimal(times.medianMilliseconds, 2) + " ms"
    if let spread = times.ratioSpread, spread.count == 2, jointvae.medianMilliseconds > 0 {
      let ratio = times.medianMilliseconds / jointvae.medianMilliseconds
      let ratios = ([ratio] + spread).map { NumberText.decimal($0, 1) }
      note += ", \(ratios[0]) times ours (\(ratios[1]) to \(ratios[2]))"
    }
    return Chart.Row(
      name: name, note: note, bar: times.medianMilliseconds,
      spread: low...max(low, times.percentile90Milliseconds))
  }
}
