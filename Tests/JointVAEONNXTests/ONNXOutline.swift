import JointVAEFiles

/// An ONNX file as a stranger reads it: by the numbers of onnx.proto alone.
struct ONNXOutline {
  var formatVersion = 0
  var producer = ""
  var operatorSets: [String: Int] = [:]
  var metadata: [String: String] = [:]
  var graph = ""
  var nodes: [Node] = []
  /// Shapes of constants by name.
  var constants: [String: [Int]] = [:]
  /// Bytes of constants by name.
  var numbers: [String: [UInt8]] = [:]
  var inputs: [Value] = []
  var outputs: [Value] = []
  var values: [Value] = []

  struct Node: Equatable {
    var operation = ""
    var inputs: [String] = []
    var outputs: [String] = []
    /// Integers by name.
    var attributes: [String: [Int]] = [:]
  }

  struct Value: Equatable {
    var name = ""
    var type = 0
    /// Lengths, and names of axes without one.
    var axes: [String] = []
    var denotation = ""
  }

  init(_ bytes: [UInt8]) throws {
    try Self.fields(bytes[...]) { field in
      switch field.number {
      case 1: formatVersion = try field.integer()
      case 2: producer = try field.text()
      case 7: try readGraph(field.bytes())
      case 8:
        var (domain, version) = ("", 0)
        try Self.fields(field.bytes()) {
          if $0.number == 1 { domain = try $0.text() } else { version = try $0.integer() }
        }
        operatorSets[domain] = version
      case 14:
        var (key, value) = ("", "")
        try Self.fields(field.bytes()) {
          if $0.number == 1 { key = try $0.text() } else { value = try $0.text() }
        }
        metadata[key] = value
      default: break
      }
    }
  }

  private static func fields(
    _ bytes: ArraySlice<UInt8>, _ body: (WireReader.Field) throws -> Void
  ) throws {
    var reader = WireReader(bytes)
    while let field = try reader.next() { try body(field) }
  }

  private mutating func readGraph(_ bytes: ArraySlice<UInt8>) throws {
    try Self.fields(bytes) { field in
      switch field.number {
      case 1: nodes.append(try Self.node(field.bytes()))
      case 2: graph = try field.text()
      case 5: try readConstant(field.bytes())
      case 11: inputs.append(try Self.value(field.bytes()))
      case 12: outputs.append(try Self.value(field.bytes()))
      case 13: values.append(try Self.value(field.bytes()))
      default: break
      }
    }
  }

  private static func node(_ bytes: ArraySlice<UInt8>) throws -> Node {
    var node = Node()
    try fields(bytes) { field in
      switch field.number {
      case 1: node.inputs.append(try field.text())
      case 2: node.outputs.append(try field.text())
      case 4: node.operation = try field.text()
      case 5:
        var (name, numbers): (String, [Int]) = ("", [])
        try fields(field.bytes()) {
          switch $0.number {
          case 1: name = try $0.text()
          case 3, 8: numbers.append(try $0.integer())
          default: break
          }
        }
        node.attributes[name] = numbers
      default: break
      }
    }
    return node
  }

  private mutating func readConstant(_ bytes: ArraySlice<UInt8>) throws {
    var (name, shape): (String, [Int]) = ("", [])
    var raw: ArraySlice<UInt8> = []
    try Self.fields(bytes) { field in
      switch field.number {
      case 1: shape.append(try field.integer())
      case 8: name = try field.text()
      case 9: raw = try field.bytes()
      default: break
      }
    }
    constants[name] = shape
    numbers[name] = Array(raw)
  }

  private static func value(_ bytes: ArraySlice<UInt8>) throws -> Value {
    var value = Value()
    try fields(bytes) { field in
      if field.number == 1 { value.name = try field.text() }
      guard field.number == 2 else { return }
      try fields(field.bytes()) { type in
        if type.number == 6 { value.denotation = try type.text() }
        guard type.number == 1 else { return }
        try fields(type.bytes()) { tensor in
          if tensor.number == 1 { value.type = try tensor.integer() }
          guard tensor.number == 2 else { return }
          try fields(tensor.bytes()) { axis in
            try fields(axis.bytes()) {
              if $0.number == 1 { value.axes.append("\(try $0.integer())") }
              if $0.number == 2 { value.axes.append(try $0.text()) }
            }
          }
        }
      }
    }
    return value
  }
}
