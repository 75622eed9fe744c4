/// A stack machine that follows a pickle as far as a checkpoint of tensors and plain values needs.
///
/// It runs nothing and imports nothing. What Python would make of other classes is passed over. A budget bounds work and memory, whatever the pickle holds.
struct Unpickler {
  private var cursor: ByteCursor
  private var pickle = Pickle()
  private var stack: [PickleValue] = []
  /// Heights of the stack at marks that are open.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// Values that may still be made or copied. A tensor takes about 50, so this is for 20,000 tensors.
  private var budget = 1_000_000

  private static let stringLimit = 1 << 20

  /// Reads the pickle at `cursor` and leaves the cursor behind it.
  /// - Throws: `MalformedData`.
  static func read(_ cursor: inout ByteCursor) throws -> Pickle {
    var unpickler = Unpickler(cursor)
    do {
      try unpickler.run()
    } catch let error as MalformedData {
      let place = unpickler.cursor.position - cursor.position
      throw MalformedData(
        "is no checkpoint of tensors (byte \(place) of its pickle): \(error.problem)")
    }
    cursor = unpickler.cursor
    return unpickler.pickle
  }

  private init(_ cursor: ByteCursor) { self.cursor = cursor }

  private mutating func run() throws {
    while true {
      let opcode = try PickleOpcode(from: &cursor)
      if opcode == .stop { break }
      try follow(opcode)
    }
    pickle.root = try pop()
    guard stack.isEmpty, marks.isEmpty else {
      throw MalformedData("it stops with more than one value")
    }
  }

  private mutating func follow(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .protocol: try checkProtocol()
    case .frame: _ = try cursor.readBytes(8)
    case .stop: break
    case .mark:
      try spend(1)
      marks.append(stack.count)
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .none: try push(.none)
    case .newTrue: try push(.boolean(true))
    case .newFalse: try push(.boolean(false))
    case .integer1: try push(.integer(Int(try cursor.readByte())))
    case .integer2: try push(.integer(Int(try cursor.readInteger(as: UInt16.self))))
    case .integer4: try push(.integer(Int(try cursor.readInteger(as: Int32.self))))
    case .long1: try push(try readLong(Int(try cursor.readByte())))
    case .long4: try push(try readLong(Int(try cursor.readInteger(as: UInt32.self))))
    case .float:
      // Of all numbers in a pickle, this one is big-endian.
      try push(.float(Double(bitPattern: try cursor.readInteger(as: UInt64.self).byteSwapped)))
    case .bytes1: try skipBytes(UInt64(try cursor.readByte()))
    case .bytes4: try skipBytes(UInt64(try cursor.readInteger(as: UInt32.self)))
    case .bytes8, .byteArray8: try skipBytes(try cursor.readInteger(as: UInt64.self))
    case .string8:
      try push(try readString(Int(clamping: try cursor.readInteger(as: UInt64.self))))
    case .byteString1, .string1: try push(try readString(Int(try cursor.readByte())))
    case .byteString4, .string4:
      try push(try readString(Int(try cursor.readInteger(as: UInt32.self))))
    case .emptyTuple: try push(object: .tuple([]))
    case .tuple: try push(object: .tuple(try popToMark()))
    case .tuple1: try push(object: .tuple(try pop(count: 1)))
    case .tuple2: try push(object: .tuple(try pop(count: 2)))
    case .tuple3: try push(object: .tuple(try pop(count: 3)))
    case .emptyList: try push(object: .list([]))
    case .append: try extendList(by: try pop(count: 1))
    case .appends: try extendList(by: try popToMark())
    case .emptyDictionary: try push(object: .dictionary([]))
    case .setItem: try extendDictionary(by: try pop(count: 2))
    case .setItems: try extendDictionary(by: try popToMark())
    // The members of sets do not matter.
    case .emptySet: try push(object: .other("set"))
    case .addItems: try extendOther(by: try popToMark())
    case .frozenSet:
      _ = try popToMark()
      try push(object: .other("frozenset"))
    case .newObject: try makeObject(popping: 2)
    case .newObjectWithNames: try makeObject(popping: 3)
    case .put1: try remember(Int(try cursor.readByte()))
    case .put4: try remember(Int(try cursor.readInteger(as: UInt32.self)))
    case .memoize: try remember(memo.count)
    case .get1: try recall(Int(try cursor.readByte()))
    case .get4: try recall(Int(try cursor.readInteger(as: UInt32.self)))
    case .global: try pushGlobal()
    case .stackGlobal: try pushGlobalFromStack()
    case .persistentID: try push(object: .storage(try pickle.storage(persistentID: try pop())))
    case .reduce: try reduce()
    case .build: try build()
    }
  }

  // MARK: - The stack

  private mutating func spend(_ count: Int) throws {
    guard count <= budget else {
      throw MalformedData("it holds more values than any checkpoint of tensors")
    }
    budget -= count
  }

  private mutating func push(_ value: PickleValue) throws {
    try spend(1)
    stack.append(value)
  }

  private mutating func push(object: PickleObject) throws {
    pickle.objects.append(object)
    try push(.object(pickle.objects.count - 1))
  }

  /// The top `count` values, none of them from below an open mark.
  private mutating func pop(count: Int) throws -> [PickleValue] {
    guard stack.count - (marks.last ?? 0) >= count else {
      throw MalformedData("it takes a value that is not there")
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func pop() throws -> PickleValue { try pop(count: 1)[0] }

  private mutating func popToMark() throws -> [PickleValue] {
    guard let mark = marks.last else { throw MalformedData("it takes a mark that is not there") }
    let values = try pop(count: stack.count - mark)
    marks.removeLast()
    return values
  }

  /// The number of the object on top of the stack, which stays there.
  private func topObject() throws -> Int {
    guard stack.count > marks.last ?? 0, case .object(let index)? = stack.last else {
      throw MalformedData("it changes something that is no container")
    }
    return index
  }

  // MARK: - Instructions

  private mutating func checkProtocol() throws {
    let version = try cursor.readByte()
    guard (2...5).contains(version) else {
      throw MalformedData("it is of protocol \(version); expected 2 to 5")
    }
  }

  private mutating func skipBytes(_ count: UInt64) throws {
    _ = try cursor.readBytes(Int(clamping: count))
    try push(.bytes(Int(clamping: count)))
  }

  private mutating func readLong(_ count: Int) throws -> PickleValue {
    let bytes = try cursor.readBytes(count)
    guard count <= 8 else { return .largeInteger(Array(bytes.prefix(32))) }
    // The last byte's upper bit is the sign.
    let sign: Int = (bytes.last ?? 0) & 0x80 == 0 ? 0 : -1
    return .integer(bytes.reversed().reduce(sign) { $0 << 8 | Int($1) })
  }

  private mutating func readString(_ count: Int) throws -> PickleValue {
    guard count <= Self.stringLimit else {
      throw MalformedData("a string of \(count) bytes; expected at most \(Self.stringLimit)")
    }
    return .string(try Self.text(try cursor.readBytes(count)))
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw MalformedData("a string is not valid UTF-8")
    }
    return text
  }

  private mutating func extendList(by values: [PickleValue]) throws {
    let index = try topObject()
    if case .other = pickle.objects[index] { return }
    guard case .list(var members) = pickle.objects[index] else {
      throw MalformedData("it appends to something that is no list")
    }
    try spend(values.count)
    // Without this, the list would be copied for every append.
    pickle.objects[index] = .list([])
    members += values
    pickle.objects[index] = .list(members)
  }

  private mutating func extendDictionary(by values: [PickleValue]) throws {
    let index = try topObject()
    if case .other = pickle.objects[index] { return }
    guard case .dictionary(var members) = pickle.objects[index] else {
      throw MalformedData("it sets an item of something that is no dictionary")
    }
    guard values.count.isMultiple(of: 2) else { throw MalformedData("a key has no value") }
    try spend(values.count)
    pickle.objects[index] = .dictionary([])
    for place in stride(from: 0, to: values.count, by: 2) {
      members.append((values[place], values[place + 1]))
    }
    pickle.objects[index] = .dictionary(members)
  }

  private mutating func extendOther(by values: [PickleValue]) throws {
    guard case .other = pickle.objects[try topObject()] else {
      throw MalformedData("it adds to something that is no set")
    }
  }

  /// What Python does by asking a class for an object: of all classes but dictionaries, nothing is made.
  private mutating func makeObject(popping count: Int) throws {
    guard case .global(let global) = try pop(count: count)[0] else {
      throw MalformedData("it makes an object of something that is no class")
    }
    switch global {
    case .orderedDictionary: try push(object: .dictionary([]))
    case .other(let path): try push(object: .other(path))
    default: throw MalformedData("it makes an object of \(global)")
    }
  }

  private mutating func remember(_ key: Int) throws {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw MalformedData("it remembers a value that is not there")
    }
    try spend(1)
    memo[key] = value
  }

  private mutating func recall(_ key: Int) throws {
    guard let value = memo[key] else {
      throw MalformedData("it recalls value \(key), which it has not remembered")
    }
    try push(value)
  }

  private mutating func pushGlobal() throws {
    let module = try Self.text(try cursor.readLine(limit: 256))
    let name = try Self.text(try cursor.readLine(limit: 256))
    try push(.global(try PickleGlobal(module: module, name: name)))
  }

  private mutating func pushGlobalFromStack() throws {
    let names = try pop(count: 2)
    guard case .string(let module) = names[0], case .string(let name) = names[1] else {
      throw MalformedData("it asks for a name that is no string")
    }
    try push(.global(try PickleGlobal(module: module, name: name)))
  }

  /// What Python does by calling: makes an empty or a filled dictionary, a tensor, a parameter. Other calls are passed
  /// over.
  private mutating func reduce() throws {
    let operands = try pop(count: 2)
    // What a call returns that is passed over may be called in turn.
    if case .other(let path)? = pickle.object(operands[0]) {
      return try push(object: .other(path))
    }
    guard case .global(let global) = operands[0], let arguments = pickle.tuple(operands[1]) else {
      throw MalformedData("it calls \(operands[0].kind), which is no function")
    }
    switch global {
    case .orderedDictionary:
      let members = try pickle.orderedDictionary(arguments)
      try spend(2 * members.count)
      try push(object: .dictionary(members))
    case .rebuildTensor: try push(object: .tensor(try pickle.tensorView(arguments)))
    case .rebuildParameter:
      switch pickle.object(arguments.first) {
      case .tensor, .other: try push(arguments[0])
      default: throw MalformedData("a parameter is made of something that is no tensor")
      }
    case .storage, .skippedStorage: throw MalformedData("it calls \(global)")
    case .other(let path): try push(object: .other(path))
    }
  }

  /// Python sets attributes here. A state_dict has one, `_metadata`: versions of modules, of no use to us.
  private mutating func build() throws {
    _ = try pop()
    switch pickle.objects[try topObject()] {
    case .dictionary, .other: break
    default: throw MalformedData("it sets attributes of something that is no dictionary")
    }
  }
}
