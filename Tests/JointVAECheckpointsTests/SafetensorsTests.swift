import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
  /// What Python's safetensors 0.8 writes for the same tensors and metadata.
  static let fromPython =
    safetensorsBytes(
      #"{"__metadata__":{"note":"café \"x\"\n"},"bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
        + #""weight":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]}}  "#,
      data: littleEndian([1, -2.5, 1, 2, 3, 4, 5, 6]))

  static let sameByHand = Safetensors(
    tensors: [
      NamedTensor(name: "bias", shape: [2], floats: [1, -2.5]),
      NamedTensor(name: "weight", shape: [2, 3], floats: [1, 2, 3, 4, 5, 6]),
    ],
    metadata: ["note": "café \"x\"\n"])

  @Test("are read as Python wrote them")
  func readsKnownAnswer() throws {
    #expect(try Safetensors(bytes: Self.fromPython, named: "known") == Self.sameByHand)
  }

  @Test("are written to the byte as Python writes them")
  func writesKnownAnswer() throws {
    try withTemporaryFolder { folder in
      try Self.sameByHand.write(to: "\(folder)/model.safetensors", hasChecksum: false)
      #expect(
        try BoundedFile.read("\(folder)/model.safetensors", limit: 1000) == Self.fromPython)
      #expect(try fileNames(in: folder) == ["model.safetensors"])
    }
  }

  @Test("keep every type, empty tensors, single numbers and odd names")
  func roundTrip() throws {
    let contents = Safetensors(
      tensors: [
        NamedTensor(name: "f64", shape: [2], elements: .float64([.pi, -.infinity])),
        NamedTensor(name: "i64", shape: [1, 2], elements: .int64([.min, .max])),
        NamedTensor(name: "f32", shape: [], floats: [.leastNonzeroMagnitude]),
        NamedTensor(name: "empty", shape: [0, 7], floats: []),
        NamedTensor(name: "\u{1}\t\r\n\\/\"🙂", shape: [3], elements: .uint8([0, 127, 255])),
      ],
      metadata: ["": "empty key", "z": "", "a": "\u{7f}\u{0}"])
    try withTemporaryFolder { folder in
      try contents.write(to: "\(folder)/all.safetensors")
      #expect(try Safetensors(contentsOf: "\(folder)/all.safetensors") == contents)
    }
  }

  @Test(
    "hold the widest elements first, so that all are aligned, and start their data at a multiple of 8"
  )
  func alignment() throws {
    let odd = NamedTensor(name: "odd", shape: [3], elements: .uint8([1, 2, 3]))
    let wide = NamedTensor(name: "wide", shape: [1], elements: .float64([0.5]))
    let first = NamedTensor(name: "first", shape: [1], floats: [1])
    let second = NamedTensor(name: "second", shape: [1], floats: [2])
    try withTemporaryFolder { folder in
      for extra in 0..<9 {
        let contents = Safetensors(
          tensors: [odd, first, wide, second],
          metadata: ["padding": String(repeating: "x", count: extra)])
        try contents.write(to: "\(folder)/mixed.safetensors")
        let bytes = try BoundedFile.read("\(folder)/mixed.safetensors", limit: 1000)
        #expect(bytes[0] % 8 == 0)
        let tensors = try Safetensors(bytes: bytes, named: "mixed").tensors
        #expect(tensors == [wide, first, second, odd])
      }
    }
  }

  @Test("are the same bytes each time, whatever the order a dictionary has")
  func deterministicBytes() throws {
    let keys = (0..<50).map { "key \($0)" }
    try withTemporaryFolder { folder in
      var files: Set<[UInt8]> = []
      for order in [keys, keys.reversed(), keys.sorted()] {
        var metadata: [String: String] = [:]
        for key in order { metadata[key] = "value" }
        try Safetensors(tensors: [], metadata: metadata).write(to: "\(folder)/same")
        files.insert(try BoundedFile.read("\(folder)/same", limit: 10_000))
      }
      #expect(files.count == 1)
    }
  }

  @Test("give every 16-bit number its exact value")
  func sixteenBitNumbers() throws {
    let patterns = (0...UInt16.max).map(\.self)
    let data = patterns.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    for type in ["F16", "BF16"] {
      let header = #"{"x":{"dtype":"\#(type)","shape":[65536],"data_offsets":[0,131072]}}"#
      let file = try Safetensors(bytes: safetensorsBytes(header, data: data), named: type)
      let values = try #require(file["x"]).floats
      var wrong: [UInt16] = []
      for (pattern, value) in zip(patterns, values) {
        let exponentBits: UInt16 = type == "F16" ? 0x7c00 : 0x7f80
        let fractionWidth = type == "F16" ? 10 : 7
        let fraction = Float(pattern & ((1 << fractionWidth) - 1))
        let exponent = Int((pattern & exponentBits) >> fractionWidth)
        let largest = Int(exponentBits >> fractionWidth)
        let bias = largest / 2
        let scale = Float(sign: .plus, exponent: -fractionWidth, significand: 1)
        // IEEE 754's definition, in words of arithmetic rather than of bits.
        var expected: Float
        switch exponent {
        case largest: expected = fraction == 0 ? .infinity : .nan
        case 0: expected = Float(sign: .plus, exponent: 1 - bias, significand: fraction * scale)
        default:
          expected = Float(
            sign: .plus, exponent: exponent - bias, significand: 1 + fraction * scale)
        }
        if pattern >> 15 == 1 { expected.negate() }
        let isEqual = value == expected || (value.isNaN && expected.isNaN)
        if !isEqual || value.sign != expected.sign { wrong.append(pattern) }
      }
      #expect(wrong.isEmpty)
    }
  }

  @Test("round to 16 bits, of two equally near numbers to the even one")
  func rounding() throws {
    // Every finite number of 16 bits is itself; between two neighbors everything goes to the nearer one.
    let finite = UInt16(0)..<0x7c00
    let exact = try numbers(ofHalves: Array(finite))
    var numbers = exact
    var expected = Array(finite)
    for lower in finite.dropLast() {
      // The middle has 12 bits: exact in 32.
      let middle = (exact[Int(lower)] + exact[Int(lower) + 1]) / 2
      numbers += [middle.nextDown, middle, middle.nextUp]
      expected += [lower, lower % 2 == 0 ? lower : lower + 1, lower + 1]
    }
    // What is less than half of a last place beyond the largest.
    numbers.append(Float(65_520).nextDown)
    expected.append(0x7bff)
    #expect(try halves(of: numbers) == expected)
    #expect(try halves(of: numbers.map { -$0 }) == expected.map { $0 | 0x8000 })
    #expect(try halves(of: [.infinity, -.infinity]) == [0x7c00, 0xfc00])
  }

  /// The 32-bit numbers of 16-bit patterns.
  private func numbers(ofHalves patterns: [UInt16]) throws -> [Float] {
    let data = patterns.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let header =
      #"{"x":{"dtype":"F16","shape":[\#(patterns.count)],"data_offsets":[0,\#(data.count)]}}"#
    return try #require(
      try Safetensors(bytes: safetensorsBytes(header, data: data), named: "halves")["x"]
    ).floats
  }

  /// The patterns that a file of 16-bit numbers ends with.
  private func halves(of numbers: [Float]) throws -> [UInt16] {
    try withTemporaryFolder { folder in
      let tensor = NamedTensor(name: "x", shape: [numbers.count], floats: numbers)
      try Safetensors(tensors: [tensor]).write(to: "\(folder)/x", precision: .half)
      let data = try BoundedFile.read("\(folder)/x", limit: 1 << 20).suffix(2 * numbers.count)
      let start = data.startIndex
      return numbers.indices.map {
        UInt16(data[start + 2 * $0]) | UInt16(data[start + 2 * $0 + 1]) << 8
      }
    }
  }

  @Test("in 16 bits are half as long, and the same when they are written again")
  func half() throws {
    let weights = NamedTensor(name: "w", shape: [3], floats: [1, -0.1, 65_504])
    let count = NamedTensor(name: "n", shape: [1], elements: .int64([1 << 40]))
    try withTemporaryFolder { folder in
      let path = "\(folder)/half"
      try Safetensors(tensors: [weights, count], metadata: ["k": "v"]).write(
        to: path, precision: .half)
      let bytes = try BoundedFile.read(path, limit: 1000)
      #expect(String(decoding: bytes, as: UTF8.self).contains(#""dtype":"F16","shape":[3]"#))
      let read = try Safetensors(contentsOf: path)
      #expect(
        read.tensors == [
          count, NamedTensor(name: "w", shape: [3], floats: [1, -0.099975586, 65_504]),
        ])
      #expect(read.metadata == ["k": "v"])
      try read.write(to: "\(folder)/again", precision: .half)
      #expect(try BoundedFile.read("\(folder)/again", limit: 1000) == bytes)
      let large = NamedTensor(name: "w", shape: [2], floats: [1, -70_000])
      #expect(
        throws: FileError(
          "\(folder)/large",
          "cannot hold -70000.0 of tensor w in 16 bits, which end at 65504; write 32 bits")
      ) {
        try Safetensors(tensors: [large]).write(to: "\(folder)/large", precision: .half)
      }
      #expect(throws: FileError.self) { try BoundedFile.read("\(folder)/large", limit: 1000) }
    }
  }

  @Test("find a tensor by its name")
  func lookUp() {
    #expect(Self.sameByHand["bias"]?.floats == [1, -2.5])
    #expect(Self.sameByHand["Bias"] == nil)
  }

  @Test("allow tensors in any order of the header, and list them in the order of their data")
  func orderOfData() throws {
    let header =
      #" {"late":{"shape":[1],"data_offsets":[4,8],"dtype":"F32"}, "early" : {"dtype":"F32",  "#
      + #""shape":[1],"data_offsets":[0,4]}}"#
    let bytes = safetensorsBytes(
      String(header.dropFirst()) + "\n\t ", data: littleEndian([1, 2]))
    #expect(try Safetensors(bytes: bytes, named: "x").tensors.map(\.name) == ["early", "late"])
  }

  @Test(
    "of the goldens load, with their metadata",
    .enabled(if: SharedFiles.goldens.has("train-bce.safetensors"), "the goldens are not here"))
  func goldens() throws {
    let golden = try Safetensors(contentsOf: SharedFiles.goldens.path("train-bce.safetensors"))
    #expect(golden.metadata["columns"] == "loss,recon,kl_cont,kl_disc,total")
    #expect(golden["losses"]?.shape == [10, 5])
    #expect(golden["init/fc_mean.weight"]?.floats.count == 2560)
  }
}
