import JointVAEFiles

extension Safetensors {
  /// Writes a file that appears at `path` whole or not at all.
  ///
  /// The same contents give the same bytes. Wide elements come first, as the format's own writer has them, so that each
  /// tensor starts at a multiple of its element's width; otherwise tensors keep their order.
  /// - Parameters:
  ///   - path: the file to write.
  ///   - precision: whether 32-bit floating-point numbers are rounded to 16 bits.
  ///   - hasChecksum: whether a checksum of the file goes into its metadata, which is verified when it is read.
  /// - Throws: `FileError` when two tensors share a name, one is called `__metadata__`, a shape disagrees with
  ///   the number of elements, a number is too large for 16 bits, the metadata holds a key of the checksum, or the file
  ///   cannot be written.
  public func write(
    to path: String, precision: FloatPrecision = .single, hasChecksum: Bool = true
  ) throws {
    if let key = metadata.keys.sorted().first(where: SafetensorsChecksum.keys.contains) {
      throw FileError(path, "cannot have \(key) in its metadata, which is for its checksum")
    }
    try tensors.checkWritable(to: path, reserved: [Self.metadataKey])
    if precision == .half { try checkRange(to: path) }
    let ordered = [8, 4, 2, 1].flatMap { width in
      tensors.filter { $0.elements.storedType(precision).width == width }
    }
    let additions = hasChecksum ? SafetensorsChecksum.placeholder : [:]
    var header = Self.header(
      of: ordered, precision, metadata: metadata.merging(additions) { own, _ in own })
    guard header.count <= Self.headerLimit else {
      throw FileError(
        path, "would need a header of \(header.count) bytes; expected at most \(Self.headerLimit)")
    }
    if hasChecksum, let place = SafetensorsChecksum.place(inHeader: header) {
      let digits = SafetensorsChecksum.digits(Self.checksum(header, ordered, precision))
      header.replaceSubrange(place, with: digits.utf8)
    }
    try AtomicFile.write(to: path) { append in
      try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try append($0) }
      try header.withUnsafeBytes { try append($0) }
      for tensor in ordered { try tensor.elements.withStoredBytes(precision) { try append($0) } }
    }
  }

  /// The checksum of the file with this header.
  private static func checksum(
    _ header: [UInt8], _ tensors: [NamedTensor], _ precision: FloatPrecision
  ) -> UInt32 {
    var sum = CRC32()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { sum.add($0) }
    header.withUnsafeBytes { sum.add($0) }
    for tensor in tensors { tensor.elements.withStoredBytes(precision) { sum.add($0) } }
    return sum.value
  }

  /// - Throws: `FileError` for a number that rounding to 16 bits would make infinite.
  private func checkRange(to path: String) throws {
    for tensor in tensors {
      guard case .float32(let values) = tensor.elements,
        let value = values.first(where: { $0.isFinite && $0.magnitude >= 65_520 })
      else { continue }
      throw FileError(
        path,
        "cannot hold \(value) of tensor \(tensor.name) in 16 bits, which end at 65504; write 32 bits"
      )
    }
  }

  /// The JSON of `tensors`, as the format's own implementation spaces it, and spaces up to a multiple of 8 bytes.
  private static func header(
    of tensors: [NamedTensor], _ precision: FloatPrecision, metadata: [String: String]
  ) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      // A dictionary's order changes from run to run.
      let sorted = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let pairs = sorted.map { "\(jsonString($0.key)):\(jsonString($0.value))" }
      members.append("\(jsonString(metadataKey)):{\(pairs.joined(separator: ","))}")
    }
    var start = 0
    for tensor in tensors {
      let type = tensor.elements.storedType(precision)
      let end = start + tensor.elements.count * type.width
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(jsonString(tensor.name)):{\"dtype\":\"\(type.safetensorsName)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
      start = end
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    header += repeatElement(UInt8(ascii: " "), count: -header.count & 7)
    return header
  }

  /// `text` as a JSON string: quotes, backslashes and control characters as escapes, the rest as it is.
  private static func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
