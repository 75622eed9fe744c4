import JointVAECheckpoints
import Testing

@Suite("Tensors that are not the model's")
struct TensorMismatchTests {
  static let expected = [
    TensorMismatch.Signature(name: "fc_mean.weight", shape: [10, 256]),
    TensorMismatch.Signature(name: "fc_mean.bias", shape: [10]),
    TensorMismatch.Signature(name: "fc_alphas.0.bias", shape: [10]),
  ]

  static func zeros(_ name: String, _ shape: [Int]) -> NamedTensor {
    NamedTensor(
      name: name, shape: shape, floats: [Float](repeating: 0, count: shape.reduce(1, *)))
  }

  @Test("are all told in one error")
  func everythingAtOnce() {
    let found = [
      Self.zeros("fc_mean.weight", [12, 256]), Self.zeros("extra", []),
      Self.zeros("fc_mean.bias", [10]), Self.zeros("fc_std.bias", [10]),
    ]
    let error = #expect(throws: TensorMismatch.self) {
      try TensorMismatch.check(found, against: Self.expected, path: "model.pt")
    }
    #expect(
      error?.description == """
        model.pt: its tensors are not those of the model: 1 missing, 2 unexpected, 1 of another shape
          missing: "fc_alphas.0.bias" [10]
          unexpected: "extra" []
          unexpected: "fc_std.bias" [10]
          shape: "fc_mean.weight" is [12, 256]; expected [10, 256]
        """)
  }

  @Test("are no matter of order")
  func sameInAnyOrder() throws {
    let found = Self.expected.reversed().map { Self.zeros($0.name, $0.shape) }
    try TensorMismatch.check(found, against: Self.expected, path: "model.pt")
  }

  @Test("of a file with thousands of them fit a screen or two")
  func manyDifferences() {
    let found = (0..<5000).map { Self.zeros("t\($0)", [0]) }
    let error = #expect(throws: TensorMismatch.self) {
      try TensorMismatch.check(found, against: [], path: "model.pt")
    }
    #expect(error?.unexpected.count == 5000)
    #expect(error?.description.hasSuffix("\n  and 4800 more") == true)
  }
}
