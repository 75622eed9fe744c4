import JointVAE
import JointVAEFiles
import JointVAERuns

/// What a benchmark of encoding and decoding measured, in words and as JSON.
package struct InferenceReport {
  private let result: InferenceBenchmark.Result

  /// A report of `result`.
  package init(_ result: InferenceBenchmark.Result) { self.result = result }

  /// One JSON object with sorted keys.
  /// - Throws: `EncodingError` for a number that is not finite.
  package func json() throws -> String { String(try JSONText.encode(result).dropLast()) }

  /// A line a number, for people.
  package var text: String {
    let size = "\(ImageShape(size: result.imageSize, channels: result.channels))"
    let batches = [
      ("encode", result.encode), ("decode", result.decode), ("reconstruct", result.reconstruct),
    ]
    let singles = [
      ("encode one", result.encodeOne), ("decode one", result.decodeOne),
      ("reconstruct one", result.reconstructOne),
      ("encode one, 16 bits", result.encodeOneOfHalves),
      ("decode one, 16 bits", result.decodeOneOfHalves),
    ]
    func rounded(_ value: Double) -> String { NumberText.decimal(value, 1) }
    return TextTable(
      [["images", "\(result.imageCount) of \(size)"], ["instructions", result.instructionSet]]
        + batches.map { name, batch in
          [
            name,
            "\(rounded(batch.medianMilliseconds)) ms median, "
              + "\(Int(batch.imagesPerSecond.rounded())) images a second",
          ]
        }
        + singles.map { name, single in
          [
            name,
            "\(rounded(single.p50Microseconds)) microseconds median, "
              + "\(rounded(single.p99Microseconds)) at the 99th percentile",
          ]
        }
        + result.concurrent.map { callers in
          [
            NumberText.count(callers.count, "caller"),
            "\(Int(callers.encodedPerSecond.rounded())) images a second encoded, "
              + "\(Int(callers.decodedPerSecond.rounded())) decoded",
          ]
        }
    ).text
  }
}
