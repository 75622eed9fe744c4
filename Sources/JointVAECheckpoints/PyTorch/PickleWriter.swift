/// Writes the pickle of a state_dict, with the instructions `torch.save` uses.
struct PickleWriter {
  private(set) var bytes: [UInt8] = []

  /// The pickle (protocol 2) of an OrderedDict of `tensors`; number i refers to storage "i".
  init(stateDictionaryOf tensors: [NamedTensor]) {
    put(.protocol)
    bytes.append(2)
    putEmptyOrderedDictionary()
    put(.mark)
    for (index, tensor) in tensors.enumerated() {
      put(tensor.name)
      put(tensor, storageKey: String(index))
    }
    put(.setItems)
    put(.stop)
  }

  private mutating func put(_ tensor: NamedTensor, storageKey: String) {
    putGlobal("torch._utils", "_rebuild_tensor_v2")
    put(.mark)
    put(.mark)
    put("storage")
    putGlobal("torch", tensor.elements.storedType().storageClass)
    put(storageKey)
    put("cpu")
    put(tensor.elements.count)
    put(.tuple)
    put(.persistentID)
    put(0)
    putTuple(tensor.shape)
    putTuple(Self.rowMajorStrides(of: tensor.shape))
    put(.newFalse)
    putEmptyOrderedDictionary()
    put(.tuple)
    put(.reduce)
  }

  private static func rowMajorStrides(of shape: [Int]) -> [Int] {
    var stride = 1
    // As PyTorch counts them: an axis of length 0 does not make the strides before it 0.
    return shape.reversed().map { length in
      defer { stride *= max(length, 1) }
      return stride
    }.reversed()
  }

  private mutating func put(_ opcode: PickleOpcode) { bytes.append(opcode.rawValue) }

  private mutating func put(_ text: String) {
    put(.string4)
    withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { bytes += $0 }
    bytes += text.utf8
  }

  private mutating func put(_ number: Int) {
    if let byte = UInt8(exactly: number) {
      put(.integer1)
      bytes.append(byte)
    } else if let short = Int32(exactly: number) {
      put(.integer4)
      withUnsafeBytes(of: short.littleEndian) { bytes += $0 }
    } else {
      put(.long1)
      bytes.append(8)
      withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
  }

  private mutating func putTuple(_ numbers: [Int]) {
    put(.mark)
    for number in numbers { put(number) }
    put(.tuple)
  }

  private mutating func putGlobal(_ module: String, _ name: String) {
    put(.global)
    bytes += "\(module)\n\(name)\n".utf8
  }

  private mutating func putEmptyOrderedDictionary() {
    putGlobal("collections", "OrderedDict")
    put(.emptyTuple)
    put(.reduce)
  }
}
