/// What a pickle of tensors can hold. Containers stand in a `Pickle` and are named by their number, so that a value
/// is small, two names can mean one container, and no depth of nesting is a depth of recursion.
enum PickleValue: Equatable {
  case none
  case boolean(Bool)
  case integer(Int)
  case float(Double)
  /// Bytes, of which nothing but their number is kept.
  case bytes(Int)
  /// An integer beyond 64 bits: its bytes, little-endian, two's complement.
  case largeInteger([UInt8])
  case string(String)
  case global(PickleGlobal)
  /// An index of `Pickle.objects`.
  case object(Int)

  /// What it is, for error messages.
  var kind: String {
    switch self {
    case .none: "None"
    case .boolean: "a truth value"
    case .integer, .largeInteger, .float: "a number"
    case .bytes: "bytes"
    case .string: "a string"
    case .global(let global): "\(global)"
    case .object: "a container or a tensor"
    }
  }
}

/// What `PickleValue.object` names.
enum PickleObject {
  case tuple([PickleValue])
  case list([PickleValue])
  /// Keys and values in the order they came, keys as often as they came.
  case dictionary([(key: PickleValue, value: PickleValue)])
  indirect case storage(TensorStorage)
  indirect case tensor(TensorView)
  /// What a class or function of this name would make. It is not made.
  case other(String)
}

/// A pickle that has been read.
struct Pickle {
  /// What it is a pickle of.
  var root = PickleValue.none
  /// All containers, tensors and storages.
  var objects: [PickleObject] = []

  /// The members of `value`, if it is a tuple.
  func tuple(_ value: PickleValue?) -> [PickleValue]? {
    guard case .tuple(let members)? = object(value) else { return nil }
    return members
  }

  /// The members of `value`, if it is a list.
  func list(_ value: PickleValue?) -> [PickleValue]? {
    guard case .list(let members)? = object(value) else { return nil }
    return members
  }

  /// The keys and values of `value`, if it is a dictionary.
  func dictionary(_ value: PickleValue?) -> [(key: PickleValue, value: PickleValue)]? {
    guard case .dictionary(let members)? = object(value) else { return nil }
    return members
  }

  /// The numbers of `value`, if it is a tuple of numbers.
  func integers(_ value: PickleValue?) -> [Int]? {
    guard let members = tuple(value) else { return nil }
    let integers = members.compactMap { member in
      if case .integer(let number) = member { number } else { nil }
    }
    return integers.count == members.count ? integers : nil
  }

  /// The container, tensor or storage that `value` names.
  func object(_ value: PickleValue?) -> PickleObject? {
    guard case .object(let index)? = value, objects.indices.contains(index) else { return nil }
    return objects[index]
  }
}
