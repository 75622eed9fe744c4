import JointVAEFiles

/// Arrays by name, as `numpy.load` reads them from an .npz file.
public struct NumPyArchive: Sendable {
  /// An array's elements, row-major.
  public enum Elements: Equatable, Sendable {
    /// IEEE 754 binary32, `<f4`.
    case float32([Float])
    /// IEEE 754 binary64, `<f8`.
    case float64([Double])
    /// Signed 64-bit integers, `<i8`.
    case int64([Int64])
    /// Bytes, `|u1`.
    case uint8([UInt8])
    /// Texts, `<U`: Unicode scalars of 32 bits, as many for each as the longest text has.
    case text([String])

    var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int64(let values): values.count
      case .uint8(let values): values.count
      case .text(let values): values.count
      }
    }
  }

  private var arrays: [(name: String, bytes: [UInt8])] = []

  /// An archive without arrays.
  public init() {}

  /// Adds an array.
  ///
  /// - Parameters:
  ///   - name: what it is called; ASCII, and not there yet.
  ///   - shape: the length of each axis; nil for a list.
  ///   - elements: as many as the shape asks for.
  /// - Precondition: the name is new, and the shape fits.
  public mutating func add(_ name: String, shape: [Int]? = nil, _ elements: Elements) {
    let shape = shape ?? [elements.count]
    precondition(shape.reduce(1, *) == elements.count, "the shape is that of the elements")
    precondition(!arrays.contains { $0.name == name }, "two arrays are called \(name)")
    arrays.append((name, Self.array(shape, elements)))
  }

  /// Writes the file; it appears at `path` whole or not at all. The same arrays give the same bytes.
  /// - Throws: `FileError` when they are more than a zip file of 32 bits holds, or the file cannot be written.
  public func write(to path: String) throws {
    let size = arrays.reduce(4096) { $0 + $1.bytes.count + 2048 + $1.name.utf8.count }
    guard size <= ZipLayout.sizeLimit, arrays.count <= 65_000 else {
      throw FileError(
        path, "cannot be written: its arrays take \(size) bytes, more than a zip file of 4 GiB")
    }
    try AtomicFile.write(to: path) { append in
      var zip = ZipLayout()
      for array in arrays {
        try array.bytes.withUnsafeBytes { contents in
          try zip.header(of: "\(array.name).npy", contents).withUnsafeBytes(append)
          try append(contents)
        }
      }
      try zip.end().withUnsafeBytes(append)
    }
  }

  // MARK: One array, NumPy's format 1.0

  private static func array(_ shape: [Int], _ elements: Elements) -> [UInt8] {
    var type: String
    var bytes: [UInt8]
    switch elements {
    case .float32(let values): (type, bytes) = ("<f4", little(values.map(\.bitPattern)))
    case .float64(let values): (type, bytes) = ("<f8", little(values.map(\.bitPattern)))
    case .int64(let values): (type, bytes) = ("<i8", little(values))
    case .uint8(let values): (type, bytes) = ("|u1", values)
    case .text(let values):
      let width = max(1, values.map(\.unicodeScalars.count).max() ?? 0)
      type = "<U\(width)"
      bytes = little(
        values.flatMap { text in
          let scalars = text.unicodeScalars.map(\.value)
          return scalars + Array(repeating: 0, count: width - scalars.count)
        })
    }
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let dictionary = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(lengths)), }"
    // The header ends with a line feed, at a multiple of 64 bytes.
    let padding = 63 - (10 + dictionary.utf8.count) % 64
    let header = dictionary + String(repeating: " ", count: padding) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little([UInt16(header.utf8.count)])
      + Array(header.utf8) + bytes
  }

  private static func little(_ values: [some FixedWidthInteger]) -> [UInt8] {
    values.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }
}
