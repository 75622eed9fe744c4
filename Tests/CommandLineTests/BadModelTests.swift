import Foundation
import JointVAE
import TestSupport
import Testing

/// Files that only look like models: one sentence, exit code 1.
struct BadModelTests {
  /// What stands before the dictionary in PyTorch's old format: a magic number, 1001, and the byte
  /// order.
  static let streamStart: [UInt8] =
    [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]
    + [0x80, 2, 0x4d, 0xe9, 3, 0x2e, 0x80, 2, 0x7d, 0x58, 13, 0, 0, 0] + Array("little_endian".utf8)
    + [0x88, 0x73, 0x2e, 0x80, 2]

  @Test("A pickle that calls something, or nests a million deep, is refused by what it does")
  func hostilePickles() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let call = Array("cos\nsystem\n".utf8) + [0x58, 4, 0, 0, 0] + Array("true".utf8)
      try Data(Self.streamStart + call + [0x85, 0x52, 0x2e])
        .write(to: URL(filePath: "\(folder)/system.pt"))
      let deep = [UInt8](repeating: 0x28, count: 1_000_000)
      let tuples = [UInt8](repeating: 0x74, count: 1_000_000)
      try Data(Self.streamStart + deep + tuples + [0x2e])
        .write(to: URL(filePath: "\(folder)/deep.pt"))
      for (file, problem) in [
        ("system.pt", "os.system"), ("deep.pt", "more values than any"),
      ] {
        for command in ["info \(file)", "evaluate \(file) shapes", "convert \(file) x.safetensors"]
        {
          try expectFailure(program, command, file, saying: problem)
        }
      }
      let left = try fileNames(in: folder)
      #expect(left == ["deep.pt", "system.pt"])
    }
  }

  @Test("A damaged file, other tensors and weights that are no numbers are told from each other")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      _ = try program.run("convert", "run", "model.pt")
      let zip = try Data(contentsOf: URL(filePath: "\(folder)/model.pt"))
      let model = try TrainTests.model(folder, "run")
      // As other programs write it: with a checksum, every change would be damage.
      try Safetensors(contentsOf: "\(folder)/run/model.safetensors")
        .write(to: "\(folder)/plain.safetensors", hasChecksum: false)
      let tensors = try Data(contentsOf: URL(filePath: "\(folder)/plain.safetensors"))
      func write(_ data: Data, _ name: String) throws {
        try data.write(to: URL(filePath: "\(folder)/\(name)"))
      }
      try write(Self.replacing("data.pkl", with: "data.pkk", in: zip), "empty.pt")
      try write(zip.prefix(1000), "cut.pt")
      try write(
        Self.replacing("fc_mean.bias", with: "fc_maen.bias", in: tensors), "other.safetensors")
      try write(tensors.dropLast(4) + Data([0, 0, 0xc0, 0x7f]), "nan.safetensors")
      try write(model.dropLast(4) + Data([0, 0, 0xc0, 0x7f]), "changed.safetensors")
      for (file, problem) in [
        ("empty.pt", "data.pkl; expected one"), ("cut.pt", "the file may have been cut off"),
        ("other.safetensors", "missing: \"fc_mean.bias\" [2]\n  unexpected: \"fc_maen.bias\" [2]"),
        ("nan.safetensors", "holds a value that is not finite"),
        ("changed.safetensors", "is damaged: its bytes have the checksum "),
      ] {
        try expectFailure(program, "evaluate \(file) shapes", file, saying: problem)
      }
    }
  }

  @Test("A specs.json that is broken, or of another model, is named")
  func specifications() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      _ = try program.run("convert", "run", "model.pt")
      try program.fails(
        "evaluate model.pt",
        "model.pt: does not say what it was trained on; name a data set after the model")
      for (json, problem) in [
        ("{", "is malformed JSON"), ("{\"latent_spec\": {\"cont\": 9}}", "says latents 9 + []"),
        ("{\"cont_capacity\": [1]}", "continuous capacity is [1.0]"),
      ] {
        try Data(json.utf8).write(to: URL(filePath: "\(folder)/specs.json"))
        try expectFailure(program, "evaluate model.pt shapes", "specs.json", saying: problem)
      }
      try Data("{\"dataset\": \"shapes\"}".utf8).write(to: URL(filePath: "\(folder)/specs.json"))
      let output = try program.run("evaluate", "model.pt", "--limit", "20")
      #expect(output.standardOutput.hasPrefix("model.pt on shapes, "))
    }
  }

  private func expectFailure(
    _ program: Program, _ call: String, _ file: String, saying problem: String
  ) throws {
    let output = try program.run(TrainTests.call(call))
    #expect(output.standardError.hasPrefix("Error: \(file): "), "\(call)")
    #expect(output.standardError.contains(problem), "\(output.standardError)")
    #expect(output.standardOutput == "", "\(call)")
    #expect(output.exitCode == 1, "\(call)")
  }

  private static func replacing(_ old: String, with new: String, in data: Data) -> Data {
    var data = data
    while let range = data.range(of: Data(old.utf8)) {
      data.replaceSubrange(range, with: Data(new.utf8))
    }
    return data
  }
}
