import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

/// Bytes, and part of what is said about them.
struct DamagedCheckpoint: Sendable, CustomTestStringConvertible {
  var bytes: [UInt8]
  var problem: String
  var testDescription: String { problem }

  init(_ bytes: [UInt8], _ problem: String) {
    self.bytes = bytes
    self.problem = problem
  }

  /// A stream whose fourth pickle, the dictionary, is `pickle`.
  init(_ pickle: PickleBytes, _ problem: String) {
    self.init(pickle.stream(keys: ["0"], storages: sixFloats()), problem)
  }
}

@Suite("Damaged and hostile PyTorch checkpoints are refused with a sentence that helps")
struct PyTorchErrorTests {
  typealias Damage = DamagedCheckpoint

  static let start = PickleBytes()

  static let programs: [Damage] = [
    Damage(
      start.global("posix", "system").string("touch /tmp/x").code([0x85]).code("R."),
      "it asks for \"posix.system\", which no checkpoint of tensors needs and which is not run"),
    Damage(start.code("cos\nsystem\n(S'ls'\ntR."), "it asks for \"os.system\""),
    Damage(
      start.string("builtins").string("eval").code([0x93]).code("."),
      "it asks for \"builtins.eval\""),
    Damage(start.global("torch", "load").code("."), "it asks for \"torch.load\""),
    Damage(
      start.global("torch", "IntStorage").code("."), "holds IntStorage; expected a dictionary"),
    Damage(
      start.code("c" + String(repeating: "x", count: 300) + "\n"), "a name is longer than 256 bytes"
    ),
    Damage(
      start.integer(1).integer(2).code([0x93]).code("."), "it asks for a name that is no string"),
    Damage(start.code("(ios\nsystem\n."), "it holds the instruction INST"),
    Damage(start.code("(o."), "it holds the instruction OBJ"),
    Damage(start.code([0x81]), "it takes a value that is not there"),
    Damage(start.code("N)").code([0x81]), "it makes an object of something that is no class"),
    Damage(
      start.global("torch", "FloatStorage").code(")").code([0x81]),
      "it makes an object of FloatStorage"),
    Damage(start.code([0x82, 1]), "it holds the instruction EXT1"),
    Damage(start.code("P1\n"), "it holds the instruction PERSID"),
    Damage(start.code([0xff]), "it holds the unknown instruction 255"),
    Damage(start.code([0x80, 1]), "it is of protocol 1; expected 2 to 5"),
    Damage(start.code([0x80, 6]), "it is of protocol 6"),
  ]

  static let machine: [Damage] = [
    Damage(start.code("."), "it takes a value that is not there"),
    Damage(start.code("N(."), "it takes a value that is not there"),
    Damage(start.code("NN."), "it stops with more than one value"),
    Damage(start.code("N(N0."), "it takes a value that is not there"),
    Damage(start.code("N1."), "it takes a mark that is not there"),
    Damage(start.code("](N").code([0x90]).code("."), "it adds to something that is no set"),
    Damage(
      start.code("B").code([255, 255, 0, 0, 1]), "it ends early: 65535 more bytes are needed"),
    Damage(
      start.code([0x8e] + [UInt8](repeating: 255, count: 8)),
      "it ends early: 9223372036854775807 more"),
    Damage(start.code("t."), "it takes a mark that is not there"),
    Damage(start.code("N").code([0x86]).code("."), "it takes a value that is not there"),
    Damage(start.code("N(N").code([0x86]).code("."), "it takes a value that is not there"),
    Damage(start.code("h\u{7}."), "it recalls value 7, which it has not remembered"),
    Damage(start.code("q\u{7}."), "it remembers a value that is not there"),
    Damage(start.code("}Na."), "it appends to something that is no list"),
    Damage(start.code("NNa."), "it changes something that is no container"),
    Damage(start.code("](N(NNu."), "it changes something that is no container"),
    Damage(start.code("]NNs."), "it sets an item of something that is no dictionary"),
    Damage(start.code("}(Nu."), "a key has no value"),
    Damage(start.code("]Nb."), "it sets attributes of something that is no dictionary"),
    Damage(start.code("N)R."), "it calls None, which is no function"),
    Damage(start.global("torch", "FloatStorage").code(")R."), "it calls FloatStorage"),
    Damage(
      start.global("collections", "OrderedDict").code("NR."), "it calls OrderedDict, which is no"),
    Damage(
      start.global("collections", "OrderedDict").code("N").code([0x85]).code("R."),
      "a dictionary is made of something that is no list"),
    Damage(
      start.global("collections", "OrderedDict").code("]Na").code([0x85]).code("R."),
      "a dictionary is made of something that is no pair"),
    Damage(
      start.global("torch._utils", "_rebuild_parameter").code("N").code([0x85]).code("R."),
      "a parameter is made of something that is no tensor"),
    Damage(start.global("torch._utils", "_rebuild_parameter").code(")R."), "that is no tensor"),
    Damage(
      start.global("torch._utils", "_rebuild_tensor").code(")R."),
      "a tensor is made of something else than storage, offset, shape, strides"),
    Damage(start.code("U\u{1}").code([0xff]).code("."), "a string is not valid UTF-8"),
    Damage(
      start.code("X").code(littleEndian(2_000_000, 4)),
      "a string of 2000000 bytes; expected at most 1048576"),
    Damage(
      start.code("X").code(littleEndian(60_000, 4)), "it ends early: 60000 more bytes are needed"),
    Damage(start.code("NQ."), "it refers to something that is no storage of numbers"),
    Damage(start.code("(").string("module").code("NNNNtQ."), "that is no storage of numbers"),
    Damage(start.storage(count: -1).code("."), "that is no storage of numbers"),
  ]

  static let contents: [Damage] = [
    Damage(
      start.code("]."),
      "holds a list; expected a dictionary of tensors, as model.state_dict() returns"),
    Damage(start.code("N."), "holds None; expected a dictionary"),
    Damage(
      start.tensor(shape: [6], strides: [1]).code("."), "holds a tensor; expected a dictionary"),
    Damage(
      .dictionary { $0.integer(3) },
      "holds a number under the name \"w\"; expected tensors, or a dictionary of them called state_dict: "
        + "save them alone in Python with torch.save(model.state_dict(), \"model.pt\")"),
    Damage(
      .dictionary { $0.tensor(type: "IntStorage", shape: [6], strides: [1]) },
      "holds tensor \"w\" in a IntStorage; expected one of HalfStorage, BFloat16Storage, FloatStorage"
    ),
    Damage(
      start.global("__main__", "Net").code(")").code([0x81]).code("}b."),
      "holds an object of __main__.Net, which is not made; expected a dictionary of tensors: save them"
    ),
    Damage(
      ["generator", "critic"].reduce(start.code("}(")) { pickle, name in
        pickle.string(name).code("}").string("w").tensor(shape: [6], strides: [1]).code("s")
      }.code("u."),
      "holds several dictionaries of tensors, \"generator\", \"critic\"; expected one: save the model's "
        + "alone in Python, such as with torch.save(torch.load(path)[\"generator\"], \"model.pt\")"),
    Damage(.dictionary { $0.code("}") }, "holds a dictionary under the name \"w\""),
    Damage(.dictionary { $0.storage() }, "holds a storage under the name \"w\""),
    Damage(
      start.code("}N").tensor(shape: [6], strides: [1]).code("s."), "has None among its names"),
    Damage(
      start.code("}(").string("w").tensor(shape: [6], strides: [1]).string("w")
        .tensor(shape: [6], strides: [1]).code("u."), "has two tensors called \"w\""),
  ]

  static func view(
    _ shape: [Int], _ strides: [Int], offset: Int = 0, count: Int = 6, part: PickleBytes? = nil
  ) -> PickleBytes {
    .dictionary {
      $0.tensor(count: count, view: part, offset: offset, shape: shape, strides: strides)
    }
  }

  static func part(_ offset: Int, _ count: Int) -> PickleBytes {
    start.code("(").string("part").integer(offset).integer(count).code("t")
  }

  static let views: [Damage] = [
    Damage(
      view([7], [1]),
      "a tensor of shape [7], strides [1] and offset 0 reaches outside its storage \"0\" of 6 elements"
    ),
    Damage(view([2, 3], [4, 1]), "reaches outside"),
    Damage(view([1], [1], offset: 6), "reaches outside"),
    Damage(view([6], [1], offset: 1), "reaches outside"),
    Damage(view([3], [.max]), "reaches outside"),
    Damage(view([2], [.max], offset: 1), "reaches outside"),
    Damage(view([2, 2], [.max - 1, 1]), "reaches outside"),
    Damage(view([2], [1], offset: .max), "reaches outside"),
    Damage(view([1], [1], offset: -1), "which is negative"),
    Damage(view([2], [-1], offset: 1), "which is negative"),
    Damage(view([-2], [1]), "which is negative"),
    Damage(view([.max, .max], [0, 0]), "or more than memory can hold"),
    Damage(view([2, 3], [1]), "a tensor has 2 axes and 1 strides"),
    Damage(
      view([Int](repeating: 1, count: 33), [Int](repeating: 1, count: 33)), "a tensor has 33 axes"),
    Damage(view([1 << 40], [0]), "asks for more than 1048576 bytes of tensors"),
    Damage(view([1 << 62], [0]), "asks for more than 1048576 bytes of tensors"),
    Damage(
      view([1 << 40], [1], count: 1 << 40), "asks for more than 1048576 bytes of tensors"),
    Damage(
      view([1], [1], count: 1 << 40), "expected those of 1099511627776 elements of FloatStorage"),
    Damage(view([1], [1], count: .max), "storage \"0\" of tensor \"w\" has 24 bytes"),
    Damage(view([1], [1], count: 5), "has 24 bytes; expected those of 5 elements of FloatStorage"),
    Damage(view([3], [1], part: part(2, 2)), "reaches outside its storage \"0\" of 2 elements"),
    Damage(
      view([1], [1], part: part(5, 2)), "a part of storage \"0\" reaches outside its 6 elements"),
    Damage(view([1], [1], part: part(-1, 2)), "a part of storage \"0\" reaches outside"),
    Damage(view([1], [1], part: part(7, 0)), "a part of storage \"0\" reaches outside"),
    Damage(view([1], [1], part: part(2, -1)), "a part of storage \"0\" reaches outside"),
    Damage(view([1], [1], part: part(1, .max)), "a part of storage \"0\" reaches outside"),
    Damage(view([1], [1], part: start.code(")")), "a part of storage \"0\" reaches outside"),
  ]

  static let good = view([2, 3], [3, 1])

  static let streams: [Damage] = [
    Damage([], "is no PyTorch checkpoint: it starts neither as a zip file nor as a pickle"),
    Damage(Array("hello".utf8), "is no PyTorch checkpoint"),
    Damage([0x80], "it ends early"),
    Damage([0x80, 2], "it ends early"),
    Damage(Array("\u{80}".utf8), "is no PyTorch checkpoint"),
    Damage(
      [0x80, 2, 0x4e, 0x2e], "is a pickle but no PyTorch checkpoint: its magic number is missing"),
    Damage(good.stream(magic: [1, 2, 3]), "its magic number is missing"),
    Damage(good.stream(version: 0), "is of an unknown version of PyTorch's format; expected 1001"),
    Damage(good.stream(isLittleEndian: false), "was not written on a little-endian machine"),
    Damage(good.stream(), "tensor \"w\" needs storage \"0\", which is missing"),
    Damage(
      good.stream(keys: ["1"], storages: sixFloats()),
      "its list of storages does not fit its tensors"),
    Damage(
      good.stream(keys: ["0", "0"], storages: sixFloats() + sixFloats()), "its list of storages"),
    Damage(good.stream(keys: ["0"], storages: []), "it ends early: 8 more bytes are needed"),
    Damage(
      good.stream(keys: ["0"], storages: sixFloats(claimed: 7)),
      "storage \"0\" claims 7 elements, and 24 bytes follow"),
    Damage(
      good.stream(keys: ["0"], storages: sixFloats(claimed: 1 << 40)),
      "claims 1099511627776 elements"),
    Damage(
      good.stream(keys: ["0"], storages: sixFloats(claimed: .max)),
      "claims 9223372036854775807 elements"),
    Damage(good.stream(keys: ["0"], storages: sixFloats(claimed: -1)), "claims -1 elements"),
    Damage(
      good.stream(keys: ["0"], storages: sixFloats(claimed: 5)), "4 bytes follow the last storage"),
    Damage(
      good.stream(keys: ["0"], storages: sixFloats() + [0]), "1 bytes follow the last storage"),
    Damage(
      start.code("}(").string("a").tensor(shape: [1], strides: [1]).string("b")
        .tensor(type: "DoubleStorage", shape: [1], strides: [1]).code("u.")
        .stream(keys: ["0"], storages: sixFloats()), "storage \"0\" has two types"),
  ]

  @Test(
    "by what is wrong", arguments: [programs, machine, contents, views, streams].joined())
  func damage(_ damage: DamagedCheckpoint) {
    do {
      _ = try PyTorchCheckpoint(bytes: damage.bytes, named: "model.pt")
      Issue.record("was accepted")
    } catch let error as FileError {
      #expect(error.path == "model.pt")
      #expect(error.problem.contains(damage.problem), "\(error)")
    } catch {
      Issue.record(error)
    }
  }

  @Test("but a checkpoint made in the same way is read")
  func control() throws {
    let bytes = Self.good.stream(keys: ["0"], storages: sixFloats())
    let expected = NamedTensor(name: "w", shape: [2, 3], floats: [0, 1, 2, 3, 4, 5])
    #expect(try PyTorchCheckpoint(bytes: bytes, named: "x").tensors == [expected])
  }

  @Test("but odd views within their storages are read")
  func oddViews() throws {
    let cases: [(PickleBytes, [Float])] = [
      (Self.view([1, 2], [.max, 3], offset: 1), [1, 4]),
      (Self.view([2, 1], [3, .max], offset: 1), [1, 4]),
      (Self.view([2, 2], [0, 2], offset: 1), [1, 3, 1, 3]),
      (Self.view([], [], offset: 5), [5]),
      (Self.view([0, 1 << 62, 1 << 62], [1 << 62, 1 << 62, 1], offset: .max), []),
      (Self.view([2], [2], offset: 1, part: Self.part(2, 4)), [3, 5]),
      (Self.view([0], [1], part: Self.part(6, 0)), []),
    ]
    for (pickle, expected) in cases {
      let bytes = pickle.stream(keys: ["0"], storages: sixFloats())
      let tensor = try PyTorchCheckpoint(bytes: bytes, named: "x")["w"]
      #expect(tensor?.floats == expected)
    }
  }

  @Test("when it ends anywhere before its end", arguments: ["zip", "stream"])
  func truncation(format: String) throws {
    let whole = try BoundedFile.read(fixture("pytorch/\(format).pt"), limit: 10_000)
    for count in 0..<whole.count {
      #expect(throws: FileError.self) {
        try PyTorchCheckpoint(bytes: Array(whole.prefix(count)), named: "cut")
      }
    }
  }
}
