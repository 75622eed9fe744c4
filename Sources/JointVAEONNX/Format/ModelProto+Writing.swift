import JointVAECheckpoints
import JointVAEFiles

// The fields have their numbers from onnx.proto, and stand in their order.
extension ModelProto {
  /// The contents of the model's file.
  var bytes: [UInt8] {
    var writer = WireWriter()
    writer.integer(1, formatVersion)
    writer.text(2, producer)
    writer.text(3, producerVersion)
    writer.message(7, graph.write)
    for set in operatorSets {
      writer.message(8) {
        $0.text(1, set.domain)
        $0.integer(2, set.version)
      }
    }
    for (key, value) in metadata.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    {
      writer.message(14) {
        $0.text(1, key)
        $0.text(2, value)
      }
    }
    return writer.bytes
  }
}

extension GraphProto {
  fileprivate func write(_ writer: inout WireWriter) {
    for node in nodes { writer.message(1, node.write) }
    writer.text(2, name)
    for tensor in initializers { writer.message(5, tensor.writeInitializer) }
    for value in inputs { writer.message(11, value.write) }
    for value in outputs { writer.message(12, value.write) }
    for value in values { writer.message(13, value.write) }
  }
}

extension NodeProto {
  fileprivate func write(_ writer: inout WireWriter) {
    for input in inputs { writer.text(1, input) }
    for output in outputs { writer.text(2, output) }
    writer.text(3, name)
    writer.text(4, operation)
    for attribute in attributes {
      writer.message(5) {
        $0.text(1, attribute.name)
        switch attribute.value {
        case .float(let value):
          $0.float(2, value)
          $0.integer(20, AttributeType.float)
        case .integer(let value):
          $0.integer(3, value)
          $0.integer(20, AttributeType.integer)
        case .integers(let values):
          $0.integers(8, values)
          $0.integer(20, AttributeType.integers)
        }
      }
    }
  }
}

extension NamedTensor {
  fileprivate func writeInitializer(_ writer: inout WireWriter) {
    writer.integers(1, shape)
    switch elements {
    case .int64: writer.integer(2, ElementType.int64)
    case .float32, .float64, .uint8: writer.integer(2, ElementType.float)
    }
    writer.text(8, name)
    writer.bytes(9, rawBytes)
  }

  /// The numbers in little-endian order: 64-bit integers, or 32-bit floating-point numbers.
  var rawBytes: [UInt8] {
    if case .int64(let values) = elements {
      return values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
    }
    let values = floats
    return [UInt8](filling: 4 * values.count) { buffer, count in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      for (index, value) in values.enumerated() {
        bytes.storeBytes(
          of: value.bitPattern.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
      }
      count = bytes.count
    }
  }
}

extension ValueInfo {
  fileprivate func write(_ writer: inout WireWriter) {
    writer.text(1, name)
    writer.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, ElementType.float)
        tensor.message(2) { axes in
          for (index, length) in shape.enumerated() {
            axes.message(1) { axis in
              if let length {
                axis.integer(1, length)
              } else {
                axis.text(2, Self.batch)
              }
              if isImage { axis.text(3, Self.imageAxes[index]) }
            }
          }
        }
      }
      if isImage { type.text(6, Self.imageDenotation) }
    }
  }
}
