import JointVAEFiles

extension StoredTensors {
  /// 0x1950a86a20f9469cfc6c, least significant byte first.
  private static let magicNumber: [UInt8] = [
    0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19,
  ]

  /// The format before PyTorch 1.6: pickles of a magic number, a version, the machine, the dictionary and the storages'
  /// keys, then for each key the number of its elements (8 bytes) and the elements.
  /// - Throws: `MalformedData`.
  init(stream bytes: [UInt8]) throws {
    var cursor = ByteCursor(bytes[...])
    guard try Unpickler.read(&cursor).root == .largeInteger(Self.magicNumber) else {
      throw MalformedData("is a pickle but no PyTorch checkpoint: its magic number is missing")
    }
    guard try Unpickler.read(&cursor).root == .integer(1001) else {
      throw MalformedData("is of an unknown version of PyTorch's format; expected 1001")
    }
    let machine = try Unpickler.read(&cursor)
    let isLittleEndian = machine.dictionary(machine.root)?.contains {
      $0.key == .string("little_endian") && $0.value == .boolean(true)
    }
    guard isLittleEndian == true else {
      throw MalformedData("was not written on a little-endian machine; expected such numbers")
    }
    let pickle = try Unpickler.read(&cursor)
    let dictionary = try StateDictionary(of: pickle).tensors
    let keys = try Unpickler.read(&cursor)
    let types = try Self.storageTypes(of: pickle)
    let storages = try Self.storages(keys, types: types, &cursor)
    self.init(file: bytes, dictionary: dictionary, storages: storages)
  }

  /// The type of each storage of a pickle, by key. The stream itself does not say.
  private static func storageTypes(of pickle: Pickle) throws -> [String: StorageType] {
    var types: [String: StorageType] = [:]
    for object in pickle.objects {
      guard case .storage(let storage) = object else { continue }
      guard types.updateValue(storage.type, forKey: storage.key) ?? storage.type == storage.type
      else {
        throw MalformedData("is damaged: storage \(storage.key.quoted) has two types")
      }
    }
    return types
  }

  /// Where each storage's elements stand.
  private static func storages(
    _ keys: Pickle, types: [String: StorageType], _ cursor: inout ByteCursor
  ) throws -> [String: Range<Int>] {
    var storages: [String: Range<Int>] = [:]
    for key in keys.list(keys.root) ?? [] {
      guard case .string(let key) = key, let type = types[key], storages[key] == nil else {
        throw MalformedData("is damaged: its list of storages does not fit its tensors")
      }
      let count: Int64 = try cursor.readInteger()
      guard count >= 0,
        let size = TensorSize.byteCount(shape: [Int(count)], elementWidth: type.width),
        size <= cursor.remaining
      else {
        throw MalformedData(
          "ends early or is damaged: storage \(key.quoted) claims \(count) elements, "
            + "and \(cursor.remaining) bytes follow; fetch or save the file again")
      }
      let start = cursor.position
      _ = try cursor.readBytes(size)
      storages[key] = start..<cursor.position
    }
    guard cursor.remaining == 0 else {
      throw MalformedData(
        "is damaged: \(cursor.remaining) bytes follow the last storage; expected the end of the file"
      )
    }
    return storages
  }
}
