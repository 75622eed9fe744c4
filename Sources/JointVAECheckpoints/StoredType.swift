import JointVAEFiles

/// The number formats of tensors in files, all little-endian, and how each becomes numbers in memory.
enum StoredType: CaseIterable {
  case float16, bfloat16, float32, float64, int64, uint8

  /// Bytes an element.
  var width: Int {
    switch self {
    case .float16, .bfloat16: 2
    case .float32: 4
    case .float64, .int64: 8
    case .uint8: 1
    }
  }

  /// Bytes an element once it is in a `NamedTensor`: 16-bit floating-point numbers become 32-bit ones.
  var widthInMemory: Int {
    switch self {
    case .float16, .bfloat16: 4
    case .float32, .float64, .int64, .uint8: width
    }
  }

  /// The elements of `bytes` at the places `indices`, counted in elements, each of which the caller has checked.
  func elements(
    of bytes: UnsafeRawBufferPointer, at indices: some Sequence<Int>
  ) -> NamedTensor.Elements {
    switch self {
    case .float16: .float32(indices.map { Float(binary16: bytes.integer(at: $0)) })
    case .bfloat16:
      .float32(indices.map { Float(bitPattern: UInt32(bytes.integer(at: $0) as UInt16) << 16) })
    case .float32: .float32(indices.map { Float(bitPattern: bytes.integer(at: $0)) })
    case .float64: .float64(indices.map { Double(bitPattern: bytes.integer(at: $0)) })
    case .int64: .int64(indices.map { bytes.integer(at: $0) })
    case .uint8: .uint8(indices.map { bytes[$0] })
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Integer number `index` of an array of little-endian integers that need not be aligned.
  fileprivate func integer<Integer: FixedWidthInteger & BitwiseCopyable>(at index: Int) -> Integer {
    Integer(
      littleEndian: loadUnaligned(
        fromByteOffset: index * MemoryLayout<Integer>.size, as: Integer.self))
  }
}

extension UInt16 {
  /// The bit pattern of the IEEE 754 binary16 number nearest to `value`, of two the even one; infinity from 65,520 on.
  package init(binary16 value: Float) {
    let sign = UInt16(value.bitPattern >> 16 & 0x8000)
    let magnitude = value.magnitude
    if magnitude < 0x1p-14 {  // Subnormal: a multiple of 2^-24, up to the smallest normal number.
      self = sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
    } else if magnitude < 65_520 {
      // Half of the last place that is kept, less one where that place is even; a carry raises the exponent.
      let bits = magnitude.bitPattern
      self = sign | UInt16((bits + 0xfff + (bits >> 13 & 1) - (112 << 23)) >> 13)
    } else {
      self = sign | 0x7c00
    }
  }
}

extension NamedTensor.Elements {
  /// The type these elements are stored as.
  func storedType(_ precision: FloatPrecision = .single) -> StoredType {
    switch self {
    case .float32: precision == .half ? .float16 : .float32
    case .float64: .float64
    case .int64: .int64
    case .uint8: .uint8
    }
  }

  /// How many there are.
  var count: Int {
    switch self {
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .int64(let values): values.count
    case .uint8(let values): values.count
    }
  }

  /// Calls `body` with the elements as `storedType` lays them out, little-endian.
  func withStoredBytes<Result>(
    _ precision: FloatPrecision = .single, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    switch self {
    case .float32(let values) where precision == .half:
      try values.map { UInt16(binary16: $0).littleEndian }.withUnsafeBytes(body)
    case .float32(let values): try values.map { $0.bitPattern.littleEndian }.withUnsafeBytes(body)
    case .float64(let values): try values.map { $0.bitPattern.littleEndian }.withUnsafeBytes(body)
    case .int64(let values): try values.map { $0.littleEndian }.withUnsafeBytes(body)
    case .uint8(let values): try values.withUnsafeBytes(body)
    }
  }
}
