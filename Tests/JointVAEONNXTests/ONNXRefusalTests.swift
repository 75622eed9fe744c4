import Foundation
import JointVAE
import JointVAEFiles
import JointVAEKernels
import JointVAEONNX
import TestSupport
import Testing

@Suite("ONNX files that are not the package's own") struct ONNXRefusalTests {
  private static func model(seed: UInt64 = 1) throws -> JointVAEModel {
    try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3]),
      seed: seed)
  }

  /// Writes a pair, lets `change` damage it, and gives the error of reading it, without the folder's name.
  private func error(
    _ name: String = "m.encoder.onnx", _ change: (ONNXPair.Paths) throws -> Void
  ) throws -> String {
    try withTemporaryFolder { folder in
      let paths = try #require(ONNXPair.Paths("\(folder)/m.onnx"))
      try ONNXPair(Self.model()).write(to: paths)
      try change(paths)
      do {
        _ = try ONNXPair.read("\(folder)/\(name)")
        return "nothing was thrown"
      } catch { return "\(error)".replacing("\(folder)/", with: "") }
    }
  }

  /// Replaces the first occurrence of some bytes in a file by as many others.
  private func replace(_ old: [UInt8], with new: [UInt8], in path: String) throws {
    var bytes = try BoundedFile.read(path, limit: 1 << 24)
    let place = try #require(
      (0...bytes.count - old.count).first { bytes[$0..<$0 + old.count].elementsEqual(old) })
    bytes.replaceSubrange(place..<place + old.count, with: new)
    try AtomicFile.write(bytes, to: path)
  }

  private func replace(_ old: String, with new: String, in path: String) throws {
    try replace(Array(old.utf8), with: Array(new.utf8), in: path)
  }

  @Test("are refused by the name of what differs")
  func differences() throws {
    let own = "is no ONNX model of jointvae: it"
    let strangers = ". Models of other programs are not read"
    #expect(
      try error { try replace("jointvae", with: "pytorch!", in: $0.encoder) }
        == "m.encoder.onnx: \(own) was written by \"pytorch!\"; expected a file that jointvae wrote"
    )
    #expect(
      try error { try replace([8, 8, 0x12], with: [8, 9, 0x12], in: $0.decoder) }
        == "m.decoder.onnx: \(own) has IR version 9; expected 8")
    #expect(
      try error {
        try replace(
          [0x42, 4, 0x0a, 0, 0x10, 17], with: [0x42, 4, 0x0a, 0, 0x10, 13], in: $0.encoder)
      }
        == "m.encoder.onnx: \(own) has opset 13; expected 17")
    #expect(
      try error {
        try replace(
          [0x22, 4] + Array("Relu".utf8), with: [0x22, 4] + Array("Selu".utf8), in: $0.encoder)
      }
        == "m.encoder.onnx: \(own) has Selu \"img_to_features.0.Relu\" of \"img_to_features.0\" as node 1; "
        + "expected Relu \"img_to_features.0.Relu\" of \"img_to_features.0\"\(strangers)")
    let strides: [UInt8] = Array("strides".utf8) + [0x40, 2, 0x40, 2]
    #expect(
      try error {
        try replace(strides, with: Array("strides".utf8) + [0x40, 2, 0x40, 1], in: $0.decoder)
      }
      .contains("strides [2, 1]) as node"))
    #expect(
      try error { paths in
        try replace("log_variance", with: "log_varianca", in: paths.encoder)
      }.contains("log_varianca"))
    #expect(
      try error { try replace("encoder", with: "encoded", in: $0.encoder) }
        == "m.encoder.onnx: \(own) holds the graph \"encoded\"; expected \"encoder\"\(strangers)")
  }

  @Test("are refused when a half is missing, exchanged or of another model")
  func halves() throws {
    #expect(
      try error { try FileManager.default.removeItem(atPath: $0.decoder) }
        == "m.decoder.onnx: does not exist; expected it beside m.encoder.onnx, as a model needs "
        + "encoder and decoder")
    #expect(
      try error { paths in
        try ONNXPair(Self.model(), notes: ["a": "b"]).decoder.withUnsafeBytes {
          try AtomicFile.write($0, to: paths.decoder)
        }
      } == "m.decoder.onnx: belongs to another model than m.encoder.onnx; convert the model again")
    #expect(
      try error { paths in
        try AtomicFile.write(ONNXPair(Self.model()).encoder, to: paths.decoder)
        try AtomicFile.write(ONNXPair(Self.model()).decoder, to: paths.encoder)
      }.hasPrefix("m.encoder.onnx: is no ONNX model of jointvae: it holds the graph \"decoder\""))
  }

  @Test("are refused when a weight or a word was changed")
  func damage() throws {
    #expect(
      try error { paths in
        var bytes = try BoundedFile.read(paths.encoder, limit: 1 << 24)
        bytes[bytes.count / 2] ^= 1
        try AtomicFile.write(bytes, to: paths.encoder)
      }.contains("holds other weights or words than were written"))
    #expect(
      try error { paths in
        for path in [paths.encoder, paths.decoder] {
          try replace("2 + [3]", with: "2 + [4]", in: path)
        }
      }.contains("holds other weights or words than were written"))
    #expect(
      try error { paths in
        for path in [paths.encoder, paths.decoder] {
          try replace("jointvae.crc32", with: "jointvae.crc33", in: path)
        }
      }.contains("lacks the checksum that jointvae writes"))
  }

  @Test("are refused when they are no ONNX at all")
  func otherFiles() throws {
    #expect(
      try error { try AtomicFile.write("", to: $0.encoder) }
        == "m.encoder.onnx: is no ONNX model of jointvae: it was written by a program without a name; "
        + "expected a file that jointvae wrote")
    #expect(
      try error { try AtomicFile.write("hello", to: $0.encoder) }
        .hasPrefix("m.encoder.onnx: is no ONNX model of jointvae: it "))
    #expect(
      try error { try AtomicFile.write([0x89, 0x50, 0x4e, 0x47], to: $0.encoder) }
        == "m.encoder.onnx: is a PNG image; expected an ONNX model")
    #expect(
      try error { paths in
        let bytes = try BoundedFile.read(paths.decoder, limit: 1 << 24)
        try AtomicFile.write(Array(bytes.prefix(bytes.count / 2)), to: paths.decoder)
      }.contains("m.decoder.onnx: is no ONNX model of jointvae: it ends early"))
    #expect(
      throws: FileError(
        "model.bin",
        "is half of a pair of ONNX files; name it like model.encoder.onnx beside model.decoder.onnx"
      )
    ) { try ONNXPair.read("model.bin") }
  }

  @Test("never trap under random damage", arguments: [1, 2] as [UInt64])
  func mutations(seed: UInt64) throws {
    var generator = SplitMix64(state: Fuzzing.environment.seed(seed))
    let pair = try ONNXPair(Self.model())
    try withTemporaryFolder { folder in
      let paths = try #require(ONNXPair.Paths("\(folder)/m.onnx"))
      try pair.write(to: paths)
      // The start, where the structure stands, and the end, where the words do.
      let ends = [0..<1200, pair.encoder.count - 1200..<pair.encoder.count]
      _ = try Fuzzing.environment.rounds(40, parts: 2) {
        var bytes = pair.encoder
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let end = ends[Int.random(in: 0..<2, using: &generator)]
          bytes[Int.random(in: end, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        try AtomicFile.write(bytes, to: paths.encoder)
        do {
          // What changes nothing, such as a version of the writer, may pass; the weights are the same then.
          let file = try ONNXPair.read(paths.encoder)
          #expect(try file.tensors == Self.model().tensors)
        } catch is FileError {
          return
        } catch is TensorMismatch {
          return
        }
      }
    }
  }

  @Test("leave nothing behind when the second cannot be written")
  func taken() throws {
    try withTemporaryFolder { folder in
      let paths = try #require(ONNXPair.Paths("\(folder)/m.onnx"))
      try FileManager.default.createDirectory(
        atPath: paths.decoder, withIntermediateDirectories: true)
      #expect(throws: FileError.self) { try ONNXPair(Self.model()).write(to: paths) }
      #expect(try fileNames(in: folder) == ["m.decoder.onnx"])
    }
  }
}
