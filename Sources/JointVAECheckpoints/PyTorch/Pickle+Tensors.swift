import JointVAEFiles

/// What PyTorch's functions make of their arguments.
extension Pickle {
  /// A storage from its persistent identifier: `("storage", class, key, device, count)`, to which PyTorch 0.x adds
  /// None or `(view's key, offset, count)`.
  func storage(persistentID value: PickleValue) throws -> TensorStorage {
    guard let fields = tuple(value), fields.count == 5 || fields.count == 6,
      fields[0] == .string("storage"), let type = Self.storageType(fields[1]),
      case .string(let key) = fields[2], case .integer(let count) = fields[4], count >= 0
    else {
      throw MalformedData("it refers to something that is no storage of numbers")
    }
    var elements = 0..<count
    if fields.count == 6, fields[5] != .none {
      guard let view = tuple(fields[5]), view.count == 3,
        case .integer(let offset) = view[1], case .integer(let viewCount) = view[2],
        elements.contains(offset) || offset == count, (0...count - offset).contains(viewCount)
      else {
        throw MalformedData("a part of storage \(key.quoted) reaches outside its \(count) elements")
      }
      elements = offset..<offset + viewCount
    }
    return TensorStorage(key: key, type: type, count: count, elements: elements)
  }

  private static func storageType(_ value: PickleValue) -> StorageType? {
    switch value {
    case .global(.storage(let type)): .read(type)
    case .global(.skippedStorage(let name, let width)): .skipped(name, width: width)
    default: nil
    }
  }

  /// A tensor from the arguments `storage, offset, shape, strides`; what follows concerns gradients only.
  func tensorView(_ arguments: [PickleValue]) throws -> TensorView {
    guard (4...7).contains(arguments.count), case .storage(let storage)? = object(arguments[0]),
      case .integer(let offset) = arguments[1], let shape = integers(arguments[2]),
      let strides = integers(arguments[3])
    else {
      throw MalformedData("a tensor is made of something else than storage, offset, shape, strides")
    }
    return try TensorView(storage: storage, offset: offset, shape: shape, strides: strides)
  }

  /// The members of an OrderedDict from its arguments: nothing, or one list of pairs, as Python 2 writes.
  func orderedDictionary(
    _ arguments: [PickleValue]
  ) throws -> [(key: PickleValue, value: PickleValue)] {
    if arguments.isEmpty { return [] }
    // Dictionaries with defaults are made from the class of their defaults.
    if case .global? = arguments.first { return [] }
    guard arguments.count == 1, let pairs = list(arguments[0]) else {
      throw MalformedData("a dictionary is made of something that is no list")
    }
    return try pairs.map { pair in
      guard let members = list(pair) ?? tuple(pair), members.count == 2 else {
        throw MalformedData("a dictionary is made of something that is no pair")
      }
      return (members[0], members[1])
    }
  }

  /// What `value` is, for error messages.
  func kind(of value: PickleValue) -> String {
    switch object(value) {
    case .tuple?: "a tuple"
    case .list?: "a list"
    case .dictionary?: "a dictionary"
    case .storage?: "a storage"
    case .tensor?: "a tensor"
    case .other(let path)?: "an object of \(path)"
    case nil: value.kind
    }
  }
}
