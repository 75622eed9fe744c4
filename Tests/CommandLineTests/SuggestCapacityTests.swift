import Foundation
import TestSupport
import Testing

@Suite(.serialized)
struct SuggestCapacityTests {
  private static let call =
    "suggest-capacity shapes --limit 200 --image-size 16 --batch-size 16 --continuous 3 --discrete 4 "
    + "--steps 200 --weights 0.01,30"

  @Test("It says what it did, writes no file, and its last line is what train takes")
  func text() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let output = try program.run(TrainTests.call(Self.call))
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardError.contains("without capacities, beta 1, 200 steps\n"))
      #expect(output.standardError.contains("gamma 30, 200 steps\n"))
      let lines = output.standardOutput.split(separator: "\n").map(String.init)
      #expect(
        lines[0] == "shapes: 200 images of 16x16x1, latents 3 + [4], loss bce, seed 1")
      #expect(lines[1].hasPrefix("KL after 200 steps without capacities, beta 1: "))
      #expect(lines.contains { $0.wholeMatch(of: /0.01 +[0-9.]+ +[0-9.]+ +too far/) != nil })
      #expect(try fileNames(in: folder) == [])
      let options = try #require(lines.last)
      #expect(
        options.wholeMatch(
          of: /--continuous-capacity 0,[0-9.]+,5000,30 --discrete-capacity 0,1\.39,1000,30/) != nil)
      let train = try program.run(
        TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small) \(options)"))
      #expect(train.exitCode == 0, "\(train.standardError)")
    }
  }

  @Test("--json prints one object with the same numbers, whatever the number of threads")
  func json() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let one = try program.run(TrainTests.call(Self.call + " --json --threads 1"))
      let two = try program.run(TrainTests.call(Self.call + " --json --threads 2"))
      #expect(one.standardOutput == two.standardOutput)
      let object = try JSONSerialization.jsonObject(with: Data(one.standardOutput.utf8))
      let fields = try #require(object as? [String: Any])
      #expect(fields["dataSet"] as? String == "shapes")
      #expect((fields["trials"] as? [Any])?.count == 2)
      let text = try program.run(TrainTests.call(Self.call))
      #expect(text.standardOutput.hasSuffix((fields["options"] as? String ?? "?") + "\n"))
    }
  }

  @Test("An unknown data set, and files that are not there, are named")
  func failures() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for call in ["suggest-capacity shaps", "suggest-capacity mnist --data nowhere"] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.exitCode == 1)
        #expect(output.standardOutput == "")
        #expect(output.standardError.hasPrefix("Error: "))
      }
    }
  }
}
