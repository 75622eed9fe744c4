import Foundation
import JointVAE
import JointVAEDownload
import TestSupport
import Testing

/// What short runs trained before a change of the code, they train after it.
///
/// Expected/trained-bytes.json holds the SHA-256 of the weights in model.safetensors, all that follows the file's header,
/// for runs over every loss, pairs, restarts, a resumed run and every image size. Where a change is meant to alter the
/// numbers, replace the digests in a commit that says why; a failure prints the new one.
///
/// The bits hold for processors with a fused multiply-add and for the C library's `expf` and `logf`.
@Suite(.serialized)
struct TrainedBytesTests {
  /// One run: calls of the program in an empty folder, of which the last leaves `run/model.safetensors`.
  struct Case: Codable, Sendable, CustomTestStringConvertible {
    var name: String
    var calls: [String]
    var sha256: String

    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let path = "\(SharedFiles.packageFolder)/Tests/CommandLineTests/Expected/trained-bytes.json"
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return (try? JSONDecoder().decode([Case].self, from: data)) ?? []
  }()

  @Test("The file of digests is there and whole")
  func hasCases() { #expect(Self.cases.count >= 20) }

  @Test(
    "Trained weights are the recorded ones, to the last bit",
    .enabled(
      if: InstructionSet.available.contains(where: \.isFused),
      "the digests are those of AVX2, AVX-512 and NEON; this processor has no fused multiply-add"),
    arguments: cases)
  func bytes(_ run: Case) throws {
    try withTemporaryFolder { folder in
      try Self.writeColors(to: "\(folder)/rgb.npy")
      let program = Program(in: folder)
      for call in run.calls {
        let output = try program.run(TrainTests.call(call))
        #expect(output.exitCode == 0, "\(call): \(output.standardError)")
      }
      let file = [UInt8](
        try Data(contentsOf: URL(filePath: "\(folder)/run/model.safetensors")))
      let headerCount = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let digest = Checksum.sha256("").digest(of: Array(file.dropFirst(8 + headerCount)))
      #expect(digest == run.sha256, "\(run.name)")
    }
  }

  /// 120 RGB images of 32x32 pixels as NumPy saves them, each another pattern.
  private static func writeColors(to path: String) throws {
    var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (120, 32, 32, 3), }"
    header += String(repeating: " ", count: 63 - (10 + header.count) % 64) + "\n"
    var file = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
    file += Data([UInt8(header.utf8.count), 0]) + Data(header.utf8)
    for image in 0..<120 {
      for y in 0..<32 {
        for x in 0..<32 {
          for channel in 0..<3 {
            let value = image * (7 + 3 * channel) + y * (5 + image % 4) + x * (3 + image % 3)
            file.append(UInt8(value % 256))
          }
        }
      }
    }
    try file.write(to: URL(filePath: path))
  }
}
