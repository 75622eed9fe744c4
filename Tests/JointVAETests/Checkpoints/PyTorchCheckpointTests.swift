import JointVAE
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
