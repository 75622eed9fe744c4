import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite("Damaged safetensors files are refused with a sentence that helps")
struct SafetensorsErrorTests {
  /// A file, and part of what is said about it.
  struct Damage: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var problem: String

    init(_ bytes: [UInt8], _ problem: String) {
      self.bytes = bytes
      self.problem = problem
    }

    init(_ header: String, data: Int = 0, _ problem: String) {
      self.init(safetensorsBytes(header, data: [UInt8](repeating: 0, count: data)), problem)
    }

    var testDescription: String { problem }
  }

  static let wholeFile: [Damage] = [
    Damage([], "is no safetensors file: it holds 0 bytes; expected at least 8"),
    Damage([1, 2, 3], "it holds 3 bytes"),
    Damage(
      [0, 0, 0, 0, 0, 0, 0, 0x80],
      "its header claims 9223372036854775808 bytes; expected at most 100000000"),
    Damage([0x01, 0xe1, 0xf5, 0x05, 0, 0, 0, 0], "its header claims 100000001 bytes"),
    Damage(
      [9, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d], "ends early: its header claims 9 bytes, and 2 follow"),
    Damage([0, 0, 0, 0, 0, 0, 0, 0], "byte 0: expected \"{\""),
  ]

  static let json: [Damage] = [
    Damage("hello", "byte 0: expected \"{\", the start of a JSON object"),
    Damage("[]", "byte 0: expected \"{\""),
    Damage(" {}", "byte 0: expected \"{\""),
    Damage("{", "byte 1: expected a string, found the end"),
    Damage("{}{}", "byte 2: expected nothing more, found \"{\""),
    Damage("{\"a\"}", "byte 4: expected \":\", found \"}\""),
    Damage("{\"a\":1}", "byte 5: expected an object, found \"1\""),
    Damage("{\"a\":{}", "tensor \"a\" lacks one of dtype, shape and data_offsets"),
    Damage("{\"__metadata__\":{}", "byte 18: expected \",\" or \"}\", found the end"),
    Damage("{\"__metadata__\":{},}", "byte 19: expected a string, found \"}\""),
    Damage("{\"__metadata__\":{\"a\":1}}", "byte 21: expected a string, found \"1\""),
    Damage("{\"__metadata__\":{},\"__metadata__\":{}}", "the key \"__metadata__\" appears twice"),
    Damage("{\"__metadata__\":{\"a\":\"\",\"\\u0061\":\"\"}}", "the key \"a\" appears twice"),
    Damage("{\"__metadata__\":{\"a\":\"b", "a string does not end"),
    Damage("{\"__metadata__\":{\"a\":\"\\", "a string does not end"),
    Damage("{\"__metadata__\":{\"a\n\":\"\"}}", "byte 19: a string holds a control character"),
    Damage("{\"__metadata__\":{\"\\x\":\"\"}}", "byte 18: unknown escape"),
    Damage("{\"__metadata__\":{\"\\u12g4\":\"\"}}", "byte 18: expected four hexadecimal digits"),
    Damage("{\"__metadata__\":{\"\\u+123\":\"\"}}", "byte 18: expected four hexadecimal digits"),
    Damage("{\"__metadata__\":{\"\\u12", "byte 18: expected four hexadecimal digits"),
    Damage(
      "{\"__metadata__\":{\"\\ud83d!\":\"\"}}", "byte 18: an escape is half of a surrogate pair"),
    Damage(
      "{\"__metadata__\":{\"\\ude42\":\"\"}}", "byte 18: an escape is half of a surrogate pair"),
    Damage(
      [9, 0, 0, 0, 0, 0, 0, 0] + [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x7b, 0x7d, 0x7d],
      "byte 1: a string is not valid UTF-8"),
    Damage(String(repeating: "{\"a\":", count: 1_000_000), "field \"a\""),
    Damage(
      "{\"a\":{\"shape\":" + String(repeating: "[", count: 1_000_000),
      "expected a whole number, found \"[\""),
  ]

  static func entry(dtype: String = "F32", shape: String, offsets: String) -> String {
    #"{"w":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
  }

  static let entries: [Damage] = [
    Damage(
      entry(dtype: "F8_E4M3", shape: "[1]", offsets: "[0,1]"), data: 1,
      "tensor \"w\" has dtype \"F8_E4M3\"; expected one of F16, BF16, F32, F64, I64, U8"),
    Damage(entry(dtype: "BOOL", shape: "[1]", offsets: "[0,1]"), data: 1, "has dtype \"BOOL\""),
    Damage(entry(shape: "[-1]", offsets: "[0,4]"), data: 4, "expected a whole number, found \"-\""),
    Damage(entry(shape: "[1.0]", offsets: "[0,4]"), data: 4, "found a fraction or an exponent"),
    Damage(entry(shape: "[1e0]", offsets: "[0,4]"), data: 4, "found a fraction or an exponent"),
    Damage(entry(shape: "[01]", offsets: "[0,4]"), data: 4, "expected a whole number, found \"0\""),
    Damage(
      entry(shape: "[9223372036854775808]", offsets: "[0,4]"), data: 4, "a number is too large"),
    Damage(
      entry(shape: "[99999999999999999999999]", offsets: "[0,4]"), data: 4, "a number is too large"),
    Damage(
      entry(shape: "[\"1\"]", offsets: "[0,4]"), data: 4, "expected a whole number, found \"\\\"\""),
    Damage(
      entry(shape: "[1 1]", offsets: "[0,4]"), data: 4, "expected \",\" or \"]\", found \"1\""),
    Damage(
      entry(shape: "[4294967296,4294967296]", offsets: "[0,4]"), data: 4,
      "tensor \"w\" has shape [4294967296, 4294967296], more than memory can hold"),
    Damage(entry(shape: "[2305843009213693952]", offsets: "[0,0]"), "more than memory can hold"),
    Damage(
      entry(shape: "[\(String(repeating: "1,", count: 32))1]", offsets: "[0,4]"), data: 4,
      "tensor \"w\" has a list of more than 32 numbers"),
    Damage(
      entry(shape: "[3]", offsets: "[0,8]"), data: 8,
      "tensor \"w\" has 8 bytes; expected 12 for F32 of shape [3]"),
    Damage(entry(shape: "[]", offsets: "[0,0]"), "tensor \"w\" has 0 bytes; expected 4"),
    Damage(
      entry(shape: "[1]", offsets: "[4,0]"), data: 4,
      "tensor \"w\" has data_offsets [4, 0]; expected a start and an end not before it"),
    Damage(entry(shape: "[1]", offsets: "[4]"), data: 4, "tensor \"w\" has data_offsets [4]"),
    Damage(entry(shape: "[1]", offsets: "[0,4,8]"), data: 8, "a list of more than 2 numbers"),
    Damage(
      entry(shape: "[1]", offsets: "[4,8]"), data: 4,
      "tensor \"w\" stands at bytes 4..<8 of the data, which has 4"),
    Damage(
      entry(shape: "[1]", offsets: "[9223372036854775803,9223372036854775807]"), data: 4,
      "tensor \"w\" stands at bytes 9223372036854775803..<9223372036854775807"),
    Damage(
      entry(shape: "[1]", offsets: "[4,8]"), data: 8,
      "bytes 0..<4 of the data, between the header and \"w\", belong to no tensor"),
    Damage(entry(shape: "[1]", offsets: "[0,4]"), data: 6, "2 bytes follow the last tensor"),
    Damage("{}", data: 1, "1 bytes follow the last tensor"),
    Damage(
      #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"extra":1}}"#, data: 4,
      "tensor \"w\" has a field \"extra\"; expected dtype, shape and data_offsets"),
    Damage(
      #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"dtype":"F32"}}"#, data: 4,
      "the key \"dtype\" appears twice"),
    Damage(#"{"w":{"dtype":"F32","shape":[1]}}"#, data: 4, "tensor \"w\" lacks one of"),
  ]

  static let pairs: [Damage] = [
    Damage(
      pair("[0,8]", "[4,12]"), data: 12, "tensors \"a\" and \"b\" overlap at byte 4 of the data"),
    Damage(pair("[0,8]", "[0,8]"), data: 8, "overlap at byte 0"),
    Damage(
      pair("[0,8]", "[12,20]"), data: 20,
      "bytes 8..<12 of the data, between \"a\" and \"b\", belong to no tensor"),
    Damage(pair("[0,8]", "[8,16]", second: "a"), data: 16, "the key \"a\" appears twice"),
  ]

  static func pair(_ first: String, _ second: String, second name: String = "b") -> String {
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":\#(first)},"#
      + #""\#(name)":{"dtype":"F32","shape":[2],"data_offsets":\#(second)}}"#
  }

  @Test("by what is wrong", arguments: [wholeFile, json, entries, pairs].joined())
  func damage(_ damage: Damage) {
    do {
      _ = try Safetensors(bytes: damage.bytes, named: "model.safetensors")
      Issue.record("was accepted")
    } catch let error as FileError {
      #expect(error.path == "model.safetensors")
      #expect(error.problem.contains(damage.problem), "\(error)")
    } catch {
      Issue.record(error)
    }
  }

  @Test("when it ends anywhere before its end")
  func truncation() {
    let whole = SafetensorsTests.fromPython
    for count in 0..<whole.count {
      #expect(throws: FileError.self) {
        try Safetensors(bytes: Array(whole.prefix(count)), named: "cut")
      }
    }
  }

  @Test("when it is missing, a folder, or larger than allowed")
  func unreadable() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError("\(folder)/none", "cannot be opened: No such file or directory")) {
        try Safetensors(contentsOf: "\(folder)/none")
      }
      #expect(throws: FileError(folder, "is a folder or a device; expected a file")) {
        try Safetensors(contentsOf: folder)
      }
      let path = "\(folder)/large"
      try AtomicFile.write(SafetensorsTests.fromPython, to: path)
      #expect(throws: FileError(path, "holds 200 bytes; expected at most 199")) {
        try Safetensors(contentsOf: path, sizeLimit: 199)
      }
    }
  }

  @Test("and names in messages cannot disturb a terminal")
  func quotedNames() {
    let header = #"{"\u001b[2J\u0007\n":{"dtype":"X","shape":[],"data_offsets":[0,0]}}"#
    let error = #expect(throws: FileError.self) {
      try Safetensors(bytes: safetensorsBytes(header), named: "x")
    }
    #expect(
      error?.problem.contains(#"tensor "\u{1B}[2J\u{07}\n" has dtype"#) == true,
      "\(String(describing: error))")
    let long = String(repeating: "n", count: 5000)
    let longError = #expect(throws: FileError.self) {
      try Safetensors(bytes: safetensorsBytes("{\"\(long)\":{}}"), named: "x")
    }
    #expect((longError?.problem.count ?? 0) < 300)
  }

  @Test("before anything is written, when the contents cannot be a file")
  func unwritable() throws {
    let tensor = NamedTensor(name: "w", shape: [2], floats: [1, 2])
    let bad: [([NamedTensor], String)] = [
      ([tensor, tensor], "the name \"w\" is taken"),
      (
        [NamedTensor(name: "__metadata__", shape: [], floats: [1])],
        "the name \"__metadata__\" is taken"
      ),
      ([NamedTensor(name: "w", shape: [3], floats: [1, 2])], "has 2 elements; its shape [3]"),
      (
        [NamedTensor(name: "w", shape: [-1, -2], floats: [1, 2])],
        "has 2 elements; its shape [-1, -2]"
      ),
      ([NamedTensor(name: "w", shape: [.max, 4], floats: [])], "has 0 elements"),
    ]
    try withTemporaryFolder { folder in
      for (tensors, problem) in bad {
        let error = #expect(throws: FileError.self) {
          try Safetensors(tensors: tensors).write(to: "\(folder)/x")
        }
        #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
      }
      let left = try fileNames(in: folder)
      #expect(left.isEmpty)
    }
  }
}
