import Foundation
import JointVAECheckpoints
import TestSupport
import Testing

@Suite(
  "PyTorch agrees on checkpoints",
  .enabled(
    if: Python.has("torch", "safetensors"), "python3 has no torch or no safetensors"))
struct PyTorchOracleTests {
  static let script = "\(SharedFiles.packageFolder)/Tests/Oracles/pytorch_checkpoints.py"

  static func run(_ arguments: [String]) throws {
    let output = try Python.run([script] + arguments)
    try #require(output.exitCode == 0, "\(output.text)")
  }

  /// Requires the checkpoint at `path` to be what torch.load made of it.
  static func compare(_ path: String, with converted: String) throws {
    let ours = try PyTorchCheckpoint(contentsOf: path)
    let theirs = try Safetensors(contentsOf: converted)
    #expect(ours.tensors.count == theirs.tensors.count)
    for tensor in ours.tensors { #expect(tensor == theirs[tensor.name], "\(path): \(tensor.name)") }
  }

  @Test("it writes: both formats, pickle protocols 2 to 5, modules, views, all types")
  func theirs() throws {
    try withTemporaryFolder { folder in
      try Self.run(["save", folder])
      let names = try fileNames(in: folder).filter { $0.hasSuffix(".pt") }
      #expect(names.count == 40)
      for name in names {
        let path = "\(folder)/\(name)"
        try Self.compare(path, with: path.replacing(".pt", with: ".safetensors"))
      }
    }
  }

  @Test(
    "the reference published", .enabled(if: SharedFiles.data.has("reference"), "they are not here"))
  func published() throws {
    try withTemporaryFolder { folder in
      let pairs = ["mnist", "fashion", "dsprites"].map { name in
        (SharedFiles.data.path("reference/\(name)/model.pt"), "\(folder)/\(name).safetensors")
      }
      try Self.run(["convert"] + pairs.flatMap { [$0, $1] })
      for (path, converted) in pairs { try Self.compare(path, with: converted) }
    }
  }

  @Test("we write, which it loads with weights_only=True")
  func ours() throws {
    let tensors = try Safetensors(contentsOf: fixture("pytorch/expected.safetensors")).tensors
    try withTemporaryFolder { folder in
      try PyTorchCheckpoint(tensors: tensors).write(to: "\(folder)/ours.pt")
      try Self.run(["convert", "\(folder)/ours.pt", "\(folder)/ours.safetensors"])
      let loaded = try Safetensors(contentsOf: "\(folder)/ours.safetensors")
      #expect(loaded.tensors.count == tensors.count)
      for tensor in tensors { #expect(loaded[tensor.name] == tensor) }
    }
  }
}
