import Foundation
import JointVAE
import TestSupport
import Testing

/// `JOINTVAE_ISA` forces the instructions that the kernels use.
struct InstructionSetTests {
  @Test("Sets with a fused multiply-add train the same bytes")
  func sameBytes() throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      let models = try InstructionSet.available.filter(\.isFused).map { set in
        program.environment["JOINTVAE_ISA"] = "\(set)"
        let output = try program.run(
          TrainTests.call("train shapes --steps 5 --out \(set) \(TrainTests.small)"))
        #expect(output.exitCode == 0)
        return try Data(contentsOf: URL(filePath: "\(folder)/\(set)/model.safetensors"))
      }
      #expect(models.allSatisfy { $0 == models[0] })
    }
  }

  @Test("A set that this processor has not is refused, with those it has")
  func unknown() throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      program.environment["JOINTVAE_ISA"] = "mmx"
      let output = try program.run("bench", "--rounds", "1")
      let names = InstructionSet.available.map(\.description).joined(separator: ", ")
      #expect(output.exitCode == 1)
      #expect(
        output.standardError
          == "Error: JOINTVAE_ISA is mmx; expected an instruction set of this processor: \(names)\n"
      )
    }
  }

  @Test("bench prints one JSON object with what was measured")
  func bench() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        "bench", "--json", "--image-size", "16", "--batch-size", "8", "--threads", "1", "--rounds",
        "1")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8)) as? [String: Any])
      for key in [
        "medianMilliseconds", "minimumMilliseconds", "imagesPerSecond", "gigaflops", "shareOfPeak",
      ] {
        #expect((object[key] as? Double ?? 0) > 0, "\(key)")
      }
      #expect(object["threads"] as? Int == 1)
      #expect(object["instructionSet"] as? String == "\(InstructionSet.fastest)")
    }
  }
}
