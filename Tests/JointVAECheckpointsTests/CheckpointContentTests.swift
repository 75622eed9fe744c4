import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite("Checkpoints are read for what they hold, whatever their names")
struct CheckpointContentTests {
  static let names = ["model", "model.pt", "model.safetensors", "model.png", "model.zip"]

  @Test("safetensors and both of PyTorch's formats under every name", arguments: names)
  func everyName(name: String) throws {
    let fixtures: [(path: String, format: CheckpointFormat)] = [
      ("pytorch/expected.safetensors", .safetensors), ("pytorch/zip.pt", .pyTorch),
      ("pytorch/stream.pt", .pyTorch),
    ]
    let expected = try Safetensors(contentsOf: fixture("pytorch/expected.safetensors"))
    for (path, format) in fixtures {
      let bytes = try BoundedFile.read(fixture(path), limit: 1 << 20)
      let file = try withTemporaryFolder { folder in
        try AtomicFile.write(bytes, to: "\(folder)/\(name)")
        return try CheckpointFile(contentsOf: "\(folder)/\(name)")
      }
      #expect(file.format == format, "\(path)")
      for tensor in file.tensors { #expect(tensor == expected[tensor.name], "\(path)") }
    }
  }

  @Test("a file of another kind is refused by what it is")
  func strangers() throws {
    let files: [(String, [UInt8])] = [
      ("a gzip file", [0x1f, 0x8b, 8, 0]),
      ("an HDF5 file", [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]),
      ("a PNG image", [0x89, 0x50, 0x4e, 0x47]),
    ]
    for (format, bytes) in files {
      let expected = FileError(
        "m.pt", "is \(format); expected a safetensors file or a state dictionary of PyTorch")
      #expect(throws: expected) { try CheckpointFile(bytes: bytes, named: "m.pt") }
    }
  }

  @Test("a file that was not fetched is named, with how to fetch it")
  func missing() {
    let files: [(String, String)] = [
      (
        "<html><body>Forbidden",
        "is an HTML page; expected a safetensors file or a state dictionary of "
          + "PyTorch: download it again"
      ),
      (
        "version https://git-lfs.github.com/spec/v1\noid",
        "is a Git LFS pointer; expected a safetensors "
          + "file or a state dictionary of PyTorch: fetch the file itself with git lfs pull"
      ),
      (
        "", "is empty; expected a safetensors file or a state dictionary of PyTorch: fetch it again"
      ),
    ]
    for (text, problem) in files {
      #expect(throws: FileError("m.pt", problem)) {
        try CheckpointFile(bytes: Array(text.utf8), named: "m.pt")
      }
    }
  }

  @Test("a file whose header's length looks like a pickle's first bytes is safetensors")
  func length() throws {
    // 640 is 80 02 in hexadecimal digits, the lower byte first.
    let header = "{" + String(repeating: " ", count: 638) + "}"
    let file = try CheckpointFile(bytes: safetensorsBytes(header), named: "x")
    #expect(file.format == .safetensors)
    #expect(file.tensors.isEmpty)
  }
}
