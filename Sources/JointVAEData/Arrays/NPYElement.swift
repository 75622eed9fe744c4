import JointVAEFiles

/// The types of an array's elements that are read, all little-endian.
enum NPYElement: String, CaseIterable {
  case boolean = "|b1"
  case uint8 = "|u1"
  case int8 = "|i1"
  case uint16 = "<u2"
  case int16 = "<i2"
  case uint32 = "<u4"
  case int32 = "<i4"
  case uint64 = "<u8"
  case int64 = "<i8"
  case float32 = "<f4"
  case float64 = "<f8"

  /// The type that a header names; of bytes, the order of bytes does not matter. Nil for one that is
  /// not read.
  init?(description: String) {
    let isOneByte = description.hasSuffix("1")
    self.init(rawValue: isOneByte ? "|" + description.dropFirst() : description)
  }

  /// Bytes of an element.
  var byteCount: Int {
    switch self {
    case .boolean, .uint8, .int8: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// The element at `index` of those that `bytes` hold, as a number: exact up to 2^53.
  func number(_ index: Int, in bytes: UnsafeRawBufferPointer) -> Double {
    let place = index * byteCount
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type) -> Double {
      Double(Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Integer.self)))
    }
    switch self {
    case .boolean, .uint8: return integer(UInt8.self)
    case .int8: return integer(Int8.self)
    case .uint16: return integer(UInt16.self)
    case .int16: return integer(Int16.self)
    case .uint32: return integer(UInt32.self)
    case .int32: return integer(Int32.self)
    case .uint64: return integer(UInt64.self)
    case .int64: return integer(Int64.self)
    case .float32:
      let bits = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      return Double(Float(bitPattern: UInt32(littleEndian: bits)))
    case .float64:
      let bits = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      return Double(bitPattern: UInt64(littleEndian: bits))
    }
  }

  /// What is wrong with a type that is not read, and what to do.
  static func complaint(about description: String) -> String {
    let supported = allCases.map { String($0.rawValue.dropFirst()) }.joined(separator: ", ")
    let found = "has elements of type \(description.quoted)"
    switch description.first {
    case ">":
      return "\(found), big-endian; expected little-endian ones: convert it in Python with "
        + "array.astype(array.dtype.newbyteorder('<')) and save it again"
    case "|" where description.hasPrefix("|O"):
      return "\(found), Python objects, which are not read; expected one of \(supported): convert "
        + "it in Python with array.astype('uint8') and save it again"
    default:
      return "\(found); expected one of \(supported): convert it in Python with "
        + "array.astype('uint8') and save it again"
    }
  }
}
