import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite(
  "Safetensors and Python's package agree",
  .enabled(
    if: Python.has("safetensors", "numpy"), "python3 has no safetensors or no numpy"))
struct SafetensorsPythonTests {
  static let contents = Safetensors(
    tensors: [
      NamedTensor(name: "bytes", shape: [3], elements: .uint8([1, 2, 255])),
      NamedTensor(
        name: "fc_mean.weight \"ü\"\n", shape: [2, 2],
        floats: [1, -2.5, .leastNonzeroMagnitude, .infinity]),
      NamedTensor(name: "long", shape: [2], elements: .int64([.min, 7])),
      NamedTensor(name: "double", shape: [], elements: .float64([.pi])),
      NamedTensor(name: "none", shape: [0, 3], floats: []),
    ],
    metadata: ["columns": "a,b", "quote": "\"\\"])

  @Test("on what we write")
  func pythonReads() throws {
    let script = """
      import sys, numpy
      from safetensors import safe_open
      with safe_open(sys.argv[1], "np") as f:
          assert f.metadata() == {"columns": "a,b", "quote": '"\\\\'}, f.metadata()
          t = {k: f.get_tensor(k) for k in f.keys()}
      assert len(t) == 5, t.keys()
      assert t["bytes"].tolist() == [1, 2, 255]
      w = t['fc_mean.weight "ü"\\n']
      assert w.dtype == numpy.float32 and w.shape == (2, 2), w
      assert w.ravel().tolist() == [1, -2.5, 2**-149, float("inf")], w
      assert t["long"].tolist() == [-2**63, 7]
      assert t["double"].shape == () and t["double"] == numpy.pi
      assert t["none"].shape == (0, 3)
      print("fine")
      """
    try withTemporaryFolder { folder in
      try Self.contents.write(to: "\(folder)/ours.safetensors")
      let output = try Python.run(["-c", script, "\(folder)/ours.safetensors"])
      #expect(output.text == "fine\n")
    }
  }

  @Test("on what it writes")
  func pythonWrites() throws {
    let script = """
      import sys, numpy
      from safetensors.numpy import save_file
      save_file({"h": numpy.array([1.5, -2], numpy.float16), "w": numpy.arange(6, dtype=numpy.float32).reshape(2, 3),
                 "d": numpy.array(0.1), "i": numpy.array([[-1]], numpy.int64), "u": numpy.array([9, 8, 7], numpy.uint8)},
                sys.argv[1], {"note": "ü\\n"})
      """
    try withTemporaryFolder { folder in
      let path = "\(folder)/theirs.safetensors"
      let output = try Python.run(["-c", script, path])
      #expect(output.exitCode == 0, "\(output.text)")
      let file = try Safetensors(contentsOf: path)
      #expect(file.metadata == ["note": "ü\n"])
      #expect(file.tensors.count == 5)
      #expect(file["h"] == NamedTensor(name: "h", shape: [2], floats: [1.5, -2]))
      #expect(file["w"] == NamedTensor(name: "w", shape: [2, 3], floats: [0, 1, 2, 3, 4, 5]))
      #expect(file["d"] == NamedTensor(name: "d", shape: [], elements: .float64([0.1])))
      #expect(file["i"] == NamedTensor(name: "i", shape: [1, 1], elements: .int64([-1])))
      #expect(file["u"] == NamedTensor(name: "u", shape: [3], elements: .uint8([9, 8, 7])))
    }
  }
}
