import JointVAECheckpoints
import JointVAEFiles

extension ModelProto {
  /// Reads a model that this package wrote.
  ///
  /// - Throws: `WireError` for bytes that are no model, and for a model of another program, or of another version of the
  ///   format or the operators, naming it; also for fields that this package does not write.
  init(bytes: [UInt8]) throws(WireError) {
    var graph: ArraySlice<UInt8>?
    self.init(
      formatVersion: 0, producer: "", producerVersion: "", operatorSets: [],
      graph: GraphProto(name: ""), metadata: [:])
    var unknown: Int?
    var reader = WireReader(bytes[...])
    while let field = try reader.next() {
      switch field.number {
      case 1: formatVersion = try field.integer()
      case 2: producer = try field.text()
      case 3: producerVersion = try field.text()
      case 7: graph = try field.bytes()
      case 8: operatorSets.append(try OperatorSet(try field.message()))
      case 14:
        let (key, value) = try Self.entry(try field.message())
        guard metadata.updateValue(value, forKey: key) == nil else {
          throw WireError("holds two texts by the key \(key.quoted)")
        }
      default: unknown = unknown ?? field.number
      }
    }
    // A stranger's graph may hold anything. So who wrote it comes first.
    try requireOwn()
    if let unknown {
      throw WireError("holds field \(unknown) of a model, which jointvae does not write")
    }
    guard let graph else { throw WireError("holds no graph") }
    self.graph = try GraphProto(WireReader(graph))
  }

  private func requireOwn() throws(WireError) {
    guard producer == Self.producer else {
      let name = producer.isEmpty ? "a program without a name" : producer.quoted
      throw WireError("was written by \(name); expected a file that jointvae wrote")
    }
    guard formatVersion == Self.formatVersion else {
      throw WireError("has IR version \(formatVersion); expected \(Self.formatVersion)")
    }
    let expected = [OperatorSet(version: Self.operatorVersion)]
    guard operatorSets == expected else {
      let words = operatorSets.map {
        ($0.domain.isEmpty ? "" : "\($0.domain.quoted) ") + "\($0.version)"
      }
      throw WireError(
        "has opset \(words.isEmpty ? "none" : words.joined(separator: ", ")); "
          + "expected \(Self.operatorVersion)")
    }
  }

  private static func entry(_ message: WireReader) throws(WireError) -> (String, String) {
    var (reader, key, value) = (message, "", "")
    while let field = try reader.next() {
      switch field.number {
      case 1: key = try field.text()
      case 2: value = try field.text()
      default: throw WireError("holds field \(field.number) in its metadata")
      }
    }
    return (key, value)
  }
}

extension ModelProto.OperatorSet {
  fileprivate init(_ message: WireReader) throws(WireError) {
    var reader = message
    self.init(version: 0)
    while let field = try reader.next() {
      switch field.number {
      case 1: domain = try field.text()
      case 2: version = try field.integer()
      default: throw WireError("holds field \(field.number) of an opset")
      }
    }
  }
}

extension GraphProto {
  /// Reads a graph.
  /// - Throws: `WireError` naming the first part that this package does not write.
  fileprivate init(_ message: WireReader) throws(WireError) {
    self.init(name: "")
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: nodes.append(try NodeProto(try field.message()))
      case 2: name = try field.text()
      case 5: initializers.append(try NamedTensor(initializer: try field.message()))
      case 11: inputs.append(try ValueInfo(try field.message()))
      case 12: outputs.append(try ValueInfo(try field.message()))
      case 13: values.append(try ValueInfo(try field.message()))
      default:
        throw WireError("holds field \(field.number) of a graph, which jointvae does not write")
      }
    }
  }
}

extension NodeProto {
  fileprivate init(_ message: WireReader) throws(WireError) {
    self.init(name: "", operation: "", inputs: [], outputs: [])
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: inputs.append(try field.text())
      case 2: outputs.append(try field.text())
      case 3: name = try field.text()
      case 4: operation = try field.text()
      case 5: attributes.append(try Attribute(try field.message()))
      default:
        throw WireError(
          "holds field \(field.number) of node \(name.quoted), which jointvae does not write")
      }
    }
  }
}

extension NodeProto.Attribute {
  fileprivate init(_ message: WireReader) throws(WireError) {
    var (reader, name, type) = (message, "", 0)
    var (float, integer, integers): (Float, Int, [Int]) = (0, 0, [])
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.text()
      case 2: float = try field.float()
      case 3: integer = try field.integer()
      case 8: integers.append(try field.integer())
      case 20: type = try field.integer()
      default: throw WireError("holds field \(field.number) of the attribute \(name.quoted)")
      }
    }
    let value: NodeProto.Value =
      switch type {
      case AttributeType.float: .float(float)
      case AttributeType.integer: .integer(integer)
      case AttributeType.integers: .integers(integers)
      default: throw WireError("holds the attribute \(name.quoted) of type \(type)")
      }
    self.init(name: name, value: value)
  }
}

extension NamedTensor {
  /// Reads a constant of a graph.
  fileprivate init(initializer message: WireReader) throws(WireError) {
    var (reader, name, type) = (message, "", 0)
    var (shape, raw): ([Int], ArraySlice<UInt8>) = ([], [])
    while let field = try reader.next() {
      switch field.number {
      case 1: shape.append(try field.integer())
      case 2: type = try field.integer()
      case 8: name = try field.text()
      case 9: raw = try field.bytes()
      default:
        throw WireError(
          "holds field \(field.number) of tensor \(name.quoted), which jointvae does not write")
      }
    }
    let width = type == ElementType.int64 ? 8 : 4
    guard type == ElementType.float || type == ElementType.int64 else {
      throw WireError(
        "holds tensor \(name.quoted) of type \(type); expected 1 (float) or 7 (int64)")
    }
    guard let bytes = TensorSize.byteCount(shape: shape, elementWidth: width), bytes == raw.count
    else {
      throw WireError(
        "holds tensor \(name.quoted) of shape \(shape) in \(raw.count) bytes; expected as many as the shape has"
      )
    }
    let count = raw.count / width
    let elements: Elements = raw.withUnsafeBytes { raw in
      if width == 8 {
        return .int64(
          (0..<count).map {
            Int64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
          })
      }
      return .float32(
        (0..<count).map {
          Float(
            bitPattern: UInt32(
              littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
        })
    }
    self.init(name: name, shape: shape, elements: elements)
  }
}

extension ValueInfo {
  fileprivate init(_ message: WireReader) throws(WireError) {
    self.init(name: "", shape: [])
    var reader = message
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.text()
      case 2: try readType(try field.message())
      default: throw unknown(field, "a value")
      }
    }
  }

  private mutating func readType(_ message: WireReader) throws(WireError) {
    var (reader, tensor) = (message, WireReader([]))
    while let field = try reader.next() {
      switch field.number {
      case 1: tensor = try field.message()
      case 6: isImage = try field.text() == Self.imageDenotation
      default: throw unknown(field, "the type")
      }
    }
    while let field = try tensor.next() {
      switch field.number {
      case 1:
        let type = try field.integer()
        guard type == ElementType.float else {
          throw WireError("has the value \(name.quoted) of type \(type); expected 1 (float)")
        }
      case 2:
        var axes = try field.message()
        while let axis = try axes.next() { shape.append(try length(try axis.message())) }
      default: throw unknown(field, "the type")
      }
    }
  }

  private func length(_ message: WireReader) throws(WireError) -> Int? {
    var (reader, length): (WireReader, Int?) = (message, nil)
    while let field = try reader.next() {
      switch field.number {
      case 1: length = try field.integer()
      case 2:
        let axis = try field.text()
        guard axis == Self.batch else {
          throw WireError("has the axis \(axis.quoted) of \(name.quoted); expected \(Self.batch)")
        }
      case 3: _ = try field.text()
      default: throw unknown(field, "an axis")
      }
    }
    return length
  }

  private func unknown(_ field: WireReader.Field, _ part: String) -> WireError {
    WireError(
      "holds field \(field.number) of \(part) of \(name.quoted), which jointvae does not write")
  }
}
