import JointVAEFiles

extension PyTorchCheckpoint {
  /// Reads the file at `path`.
  ///
  /// Tensors of 16-bit numbers become ones of 32 bits, which hold each of their values; views and shared storages
  /// become tensors of their own, row-major.
  /// - Parameter sizeLimit: the size in bytes beyond which a file is refused unread.
  /// - Throws: `FileError` naming the file, what is wrong and what was expected.
  public init(contentsOf path: String, sizeLimit: Int = Self.sizeLimit) throws {
    try self.init(bytes: BoundedFile.read(path, limit: sizeLimit), named: path)
  }

  /// Reads the contents of a checkpoint that is in memory.
  /// - Parameter path: what errors call it.
  /// - Throws: `FileError` naming `path`, what is wrong and what was expected.
  public init(bytes: [UInt8], named path: String) throws {
    do {
      if bytes.starts(with: Array("PK".utf8)) {
        tensors = try StoredTensors(zip: bytes).tensors()
      } else if bytes.first == PickleOpcode.protocol.rawValue {
        tensors = try StoredTensors(stream: bytes).tensors()
      } else {
        throw MalformedData(
          "is no PyTorch checkpoint: it starts neither as a zip file nor as a pickle")
      }
    } catch let error as MalformedData {
      throw FileError(path, error.problem)
    }
  }
}
