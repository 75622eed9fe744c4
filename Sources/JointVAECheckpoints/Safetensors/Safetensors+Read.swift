import JointVAEFiles

extension Safetensors {
  /// Reads the file at `path`.
  ///
  /// F32, F64, I64 and U8 are kept; F16 and BF16 become 32-bit numbers, which hold each of their values. A file that has a
  /// checksum is compared with it; the checksum is no part of the metadata.
  /// - Parameters:
  ///   - path: the file to read.
  ///   - sizeLimit: the size in bytes beyond which a file is refused unread.
  /// - Throws: `FileError` naming the file, the tensor and what was expected.
  public init(contentsOf path: String, sizeLimit: Int = Self.sizeLimit) throws {
    try self.init(bytes: BoundedFile.read(path, limit: sizeLimit), named: path)
  }

  /// Reads the contents of a safetensors file that is in memory.
  /// - Parameters:
  ///   - bytes: the contents.
  ///   - path: what errors call it.
  /// - Throws: `FileError` naming `path`, the tensor and what was expected.
  public init(bytes: [UInt8], named path: String) throws {
    do {
      let header = try SafetensorsHeader(fileBytes: bytes)
      try SafetensorsChecksum.verify(
        bytes, header: 8..<header.dataStart, metadata: header.metadata)
      metadata = header.metadata.filter { !SafetensorsChecksum.keys.contains($0.key) }
      tensors = bytes.withUnsafeBytes { file in
        let data = UnsafeRawBufferPointer(rebasing: file[header.dataStart...])
        return header.entries.map { entry in
          let bytes = UnsafeRawBufferPointer(rebasing: data[entry.bytes])
          let count = entry.bytes.count / entry.type.width
          return NamedTensor(
            name: entry.name, shape: entry.shape,
            elements: entry.type.elements(of: bytes, at: 0..<count))
        }
      }
    } catch let error as MalformedData {
      throw FileError(path, error.problem)
    }
  }
}
