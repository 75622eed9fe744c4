import JointVAEFiles

/// The type of an array's elements: a kind of number and the order of its bytes.
struct NPYElement: Equatable {
  /// The kinds of numbers that are read, by their names in NumPy.
  enum Kind: String, CaseIterable {
    case boolean = "b1"
    case uint8 = "u1"
    case int8 = "i1"
    case uint16 = "u2"
    case int16 = "i2"
    case uint32 = "u4"
    case int32 = "i4"
    case uint64 = "u8"
    case int64 = "i8"
    case float16 = "f2"
    case float32 = "f4"
    case float64 = "f8"

    /// What the range of such numbers can mean.
    var numbers: PixelScale.Numbers {
      switch self {
      case .boolean: .truthValues
      case .uint16: .words
      case .uint8, .int8, .int16, .uint32, .int32, .uint64, .int64: .whole
      case .float16, .float32, .float64: .fractions
      }
    }
  }

  var kind: Kind
  var isBigEndian: Bool

  init(_ kind: Kind, isBigEndian: Bool = false) {
    self.kind = kind
    self.isBigEndian = isBigEndian
  }

  /// The type that a header names, such as `<f4`; nil for one that is not read.
  init?(description: String) {
    guard let order = description.first, "<>|=".contains(order),
      let kind = Kind(rawValue: String(description.dropFirst()))
    else { return nil }
    // Of one byte, the order of bytes does not matter. `=` is the order of the machine that wrote the file, which
    // NumPy itself never writes.
    guard order == "<" || order == ">" || kind.byteCount == 1 else { return nil }
    self.init(kind, isBigEndian: order == ">" && kind.byteCount > 1)
  }

  /// Bytes of an element.
  var byteCount: Int { kind.byteCount }

  /// The element at `index` of those that `bytes` hold, as a number: exact up to 2^53.
  @inline(__always)
  func number(_ index: Int, in bytes: UnsafeRawBufferPointer) -> Double {
    let place = index * byteCount
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type) -> Integer {
      let stored = bytes.loadUnaligned(fromByteOffset: place, as: Integer.self)
      return isBigEndian ? Integer(bigEndian: stored) : Integer(littleEndian: stored)
    }
    switch kind {
    case .boolean, .uint8: return Double(integer(UInt8.self))
    case .int8: return Double(integer(Int8.self))
    case .uint16: return Double(integer(UInt16.self))
    case .int16: return Double(integer(Int16.self))
    case .uint32: return Double(integer(UInt32.self))
    case .int32: return Double(integer(Int32.self))
    case .uint64: return Double(integer(UInt64.self))
    case .int64: return Double(integer(Int64.self))
    case .float16: return Double(Float(binary16: integer(UInt16.self)))
    case .float32: return Double(Float(bitPattern: integer(UInt32.self)))
    case .float64: return Double(bitPattern: integer(UInt64.self))
    }
  }

  /// What is wrong with a type that is not read, and what to do.
  static func complaint(about description: String) -> String {
    let supported = Kind.allCases.map(\.rawValue).joined(separator: ", ")
    let found = "has elements of type \(description.quoted)"
    switch description.first {
    case "|" where description.hasPrefix("|O"):
      return "\(found), Python objects, which are not read; expected one of \(supported): make an "
        + "array of numbers in Python with numpy.stack(array).astype('float32') and save it again"
    case _ where NPYText(description: description) != nil:
      return "\(found), texts; expected numbers, of type \(supported)"
    case _ where description.dropFirst().hasPrefix("c"):
      return "\(found), complex numbers; expected one of \(supported): save array.real, "
        + "array.imag or abs(array) in Python"
    case "[":
      return "\(found), several fields; expected one of \(supported): save the field of the "
        + "images alone, such as array['image'], in Python"
    default:
      return "\(found); expected one of \(supported): convert it in Python with "
        + "array.astype('float64') and save it again"
    }
  }
}

extension NPYElement.Kind {
  /// Bytes of an element.
  var byteCount: Int {
    switch self {
    case .boolean, .uint8, .int8: 1
    case .uint16, .int16, .float16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }
}
