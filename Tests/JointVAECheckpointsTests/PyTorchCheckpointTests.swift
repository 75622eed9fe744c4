import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite("PyTorch checkpoints")
struct PyTorchCheckpointTests {
  @Test(
    "of today and of old are read: types, views, shared storages", arguments: ["zip", "stream"])
  func fixtures(format: String) throws {
    let checkpoint = try PyTorchCheckpoint(contentsOf: fixture("pytorch/\(format).pt"))
    let expected = try Safetensors(contentsOf: fixture("pytorch/expected.safetensors"))
    #expect(
      checkpoint.tensors.map(\.name) == [
        "plain", "transposed", "every other", "last", "repeated", "half", "brain", "double", "long",
        "bytes", "empty",
      ])
    for tensor in checkpoint.tensors { #expect(tensor == expected[tensor.name]) }
    #expect(checkpoint["transposed"]?.shape == [4, 3, 2])
    #expect(checkpoint["transposed"]?.floats.prefix(4) == [0, 1.5, 0.5, 2])
    #expect(checkpoint["half"]?.floats == [1.5, -2, 65504, 0x1p-24, .infinity])
  }

  /// From torch.load: parameters, and the first numbers of fc_mean.bias.
  static let published: [(name: String, parameters: Int, bias: [Float])] = [
    ("mnist", 687_359, [0x1.d73ca8p-4, -0x1.69343p-4, 0x1.b6e182p-7]),
    ("fashion", 687_359, [-0x1.a12498p-7, 0x1.a3f274p-5, 0x1.fcd19ep-4]),
    ("dsprites", 762_704, [-0x1.91c12p-5, -0x1.142a82p-3, 0x1.9b0cc6p-8]),
  ]

  @Test(
    "of the reference implementation are read",
    .enabled(if: SharedFiles.data.has("reference"), "the published checkpoints are not here"),
    arguments: published)
  func reference(name: String, parameters: Int, bias: [Float]) throws {
    let path = SharedFiles.data.path("reference/\(name)/model.pt")
    let checkpoint = try PyTorchCheckpoint(contentsOf: path)
    #expect(checkpoint.tensors.map(\.elementCount).reduce(0, +) == parameters)
    #expect(checkpoint.tensors.first?.name == "img_to_features.0.weight")
    #expect(checkpoint.tensors.first?.shape == [32, 1, 4, 4])
    #expect(checkpoint["fc_mean.bias"]?.floats.prefix(3) == bias[...])
  }

  @Test("that we write are read again, and are the same bytes each time")
  func roundTrip() throws {
    let tensors = try Safetensors(contentsOf: fixture("pytorch/expected.safetensors")).tensors
    let large = NamedTensor(
      name: "ü", shape: [3, 70_000], floats: (0..<210_000).map { Float($0) })
    try withTemporaryFolder { folder in
      for contents in [tensors, [large], []] {
        try PyTorchCheckpoint(tensors: contents).write(to: "\(folder)/first.pt")
        #expect(try PyTorchCheckpoint(contentsOf: "\(folder)/first.pt").tensors == contents)
        try PyTorchCheckpoint(tensors: contents).write(to: "\(folder)/second.pt")
        let files = try ["first", "second"].map {
          try BoundedFile.read("\(folder)/\($0).pt", limit: 1 << 20)
        }
        #expect(files[0] == files[1])
      }
    }
  }

  @Test("that we write have each storage at a multiple of 64 bytes, as PyTorch's have")
  func alignment() throws {
    let marker: [UInt8] = Array("0123456789 marker".utf8)
    try withTemporaryFolder { folder in
      for length in 1...70 {
        let name = String(repeating: "n", count: length)
        let tensor = NamedTensor(name: name, shape: [17], elements: .uint8(marker))
        try PyTorchCheckpoint(tensors: [tensor]).write(to: "\(folder)/x.pt")
        let bytes = try BoundedFile.read("\(folder)/x.pt", limit: 10_000)
        let start = bytes.indices.first { bytes[$0...].starts(with: marker) }
        #expect(start.map { $0 % 64 } == 0)
      }
    }
  }

  @Test("cannot be written with two tensors of a name, or a shape that does not fit")
  func unwritable() throws {
    let tensor = NamedTensor(name: "w", shape: [2], floats: [1, 2])
    let wrong = NamedTensor(name: "w", shape: [3], floats: [1, 2])
    try withTemporaryFolder { folder in
      for (tensors, problem) in [([tensor, tensor], "is taken"), ([wrong], "its shape [3]")] {
        let error = #expect(throws: FileError.self) {
          try PyTorchCheckpoint(tensors: tensors).write(to: "\(folder)/x.pt")
        }
        #expect(error?.problem.contains(problem) == true)
      }
      let names = try fileNames(in: folder)
      #expect(names.isEmpty)
    }
  }
}

/// Files by `pytorch_checkpoints.py loops`, by PyTorch 2.15.
@Suite("PyTorch checkpoints as training loops write them")
struct TrainingLoopCheckpointTests {
  static let files = ["loop", "parallel", "compiled", "lightning", "averaged"]

  @Test(
    "give the model's tensors under the names that it has by itself",
    arguments: files.flatMap { [$0, $0 + "-stream"] })
  func tensors(name: String) throws {
    let checkpoint = try CheckpointFile(contentsOf: fixture("pytorch/\(name).pt"))
    let expected = try Safetensors(contentsOf: fixture("pytorch/loops.safetensors"))
    #expect(checkpoint.format == .pyTorch)
    #expect(checkpoint.tensors.count == 7)
    #expect(checkpoint.tensors.map(\.name).first == "0.weight")
    for tensor in checkpoint.tensors { #expect(tensor == expected[tensor.name], "\(tensor.name)") }
    let floats = checkpoint.tensors.filter { $0.name != "1.num_batches_tracked" }
    for tensor in floats {
      guard case .float64 = tensor.elements else {
        Issue.record("\(tensor.name) is no float64")
        continue
      }
    }
  }

  @Test("are refused when they end anywhere before their end", arguments: ["loop", "loop-stream"])
  func truncation(name: String) throws {
    let whole = try BoundedFile.read(fixture("pytorch/\(name).pt"), limit: 100_000)
    for count in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: FileError.self) {
        try PyTorchCheckpoint(bytes: Array(whole.prefix(count)), named: "cut")
      }
    }
  }

  @Test("are told from programs of TorchScript")
  func torchScript() {
    let error = #expect(throws: FileError.self) {
      try PyTorchCheckpoint(contentsOf: fixture("pytorch/script.pt"))
    }
    #expect(error?.problem.hasPrefix("is a TorchScript archive") == true)
  }

  @Test("keep names that not all tensors share, and those of files that have no wrapper")
  func wrappers() throws {
    func names(_ names: [String]) throws -> [String] {
      let tensors = names.map { NamedTensor(name: $0, shape: [1], floats: [1]) }
      return try withTemporaryFolder { folder in
        try Safetensors(tensors: tensors).write(to: "\(folder)/a.safetensors")
        return try CheckpointFile(contentsOf: "\(folder)/a.safetensors").tensors.map(\.name)
      }
    }
    #expect(try names(["model.a", "model.b"]) == ["a", "b"])
    #expect(try names(["_orig_mod.module.a", "_orig_mod.module.b"]) == ["a", "b"])
    #expect(try names(["model.a", "b"]) == ["model.a", "b"])
    #expect(try names(["fc.a", "fc.b"]) == ["fc.a", "fc.b"])
    #expect(try names(["module."]) == ["module."])
  }
}
