import TestSupport

/// Pickles and checkpoints of PyTorch made by hand, right or wrong. Each method adds instructions.
struct PickleBytes {
  /// What has been put so far.
  private(set) var bytes: [UInt8] = [0x80, 2]

  /// Instructions as they stand in Python's pickletools: letters.
  func code(_ letters: String) -> PickleBytes { code(Array(letters.utf8)) }

  /// Instructions as bytes.
  func code(_ more: [UInt8]) -> PickleBytes {
    var result = self
    result.bytes += more
    return result
  }

  func string(_ text: String) -> PickleBytes {
    code("X").code(littleEndian(text.utf8.count, 4)).code(text)
  }

  func global(_ module: String, _ name: String) -> PickleBytes { code("c\(module)\n\(name)\n") }

  func integer(_ value: Int) -> PickleBytes { code([0x8a, 8]).code(littleEndian(value, 8)) }

  func tuple(_ values: [Int]) -> PickleBytes {
    values.reduce(code("(")) { $0.integer($1) }.code("t")
  }

  /// A storage: five fields, and `view`, PyTorch 0.x's sixth, None unless told otherwise.
  func storage(
    _ key: String = "0", type: String = "FloatStorage", count: Int = 6, view: PickleBytes? = nil
  ) -> PickleBytes {
    code("(").string("storage").global("torch", type).string(key).string("cpu").integer(count)
      .code(view.map { Array($0.bytes.dropFirst(2)) } ?? [0x4e]).code("tQ")
  }

  /// A tensor that is a view of the storage `key`.
  func tensor(
    _ key: String = "0", type: String = "FloatStorage", count: Int = 6, view: PickleBytes? = nil,
    offset: Int = 0, shape: [Int], strides: [Int]
  ) -> PickleBytes {
    global("torch._utils", "_rebuild_tensor").code("(")
      .storage(key, type: type, count: count, view: view).integer(offset).tuple(shape).tuple(
        strides
      )
      .code("tR")
  }

  /// A dictionary `{"w": ...}` of what `value` adds.
  static func dictionary(_ value: (PickleBytes) -> PickleBytes) -> PickleBytes {
    value(PickleBytes().code("}").string("w")).code("s.")
  }

  /// A checkpoint of PyTorch 0.x with this pickle, a list of `keys`, and `storages` after it.
  func stream(
    keys: [String] = [], storages: [UInt8] = [],
    magic: [UInt8] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19],
    version: UInt8 = 0xe9, isLittleEndian: Bool = true
  ) -> [UInt8] {
    let first = PickleBytes().code([0x8a, UInt8(magic.count)]).code(magic).code(".")
    let second = PickleBytes().code([0x4d, version, 3]).code(".")
    let machine = PickleBytes().code("}").string("little_endian")
      .code([isLittleEndian ? 0x88 : 0x89]).code("s.")
    let list = keys.reduce(PickleBytes().code("](")) { $0.string($1) }.code("e.")
    return first.bytes + second.bytes + machine.bytes + bytes + list.bytes + storages
  }
}

/// A storage of a stream: the number of its elements, as claimed, and six floats, 0 to 5.
func sixFloats(claimed count: Int = 6) -> [UInt8] {
  littleEndian(count, 8) + littleEndian((0..<6).map { Float($0) })
}

/// The low `count` bytes of `value`, least significant first.
func littleEndian(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

/// A file kept in Tests/Fixtures.
func fixture(_ name: String) -> String { "\(SharedFiles.packageFolder)/Tests/Fixtures/\(name)" }
