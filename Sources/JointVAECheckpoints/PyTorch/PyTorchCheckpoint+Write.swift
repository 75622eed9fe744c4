import JointVAEFiles

extension PyTorchCheckpoint {
  /// Writes a file that `torch.load(path, weights_only=True)` reads; it appears at `path` whole or not at all.
  ///
  /// The same tensors give the same bytes.
  /// - Throws: `FileError` when two tensors share a name, a shape disagrees with the number of elements, the
  ///   tensors are more than a zip file of 32 bits holds, or the file cannot be written.
  public func write(to path: String) throws {
    try tensors.checkWritable(to: path)
    let dataSize = tensors.reduce(0) { $0 + $1.elements.count * $1.elements.storedType().width }
    // A name stands in the pickle, with less than 1 KiB around it, and each entry adds two headers and padding.
    let overhead = tensors.reduce(4096) { $0 + 2048 + $1.name.utf8.count }
    guard dataSize + overhead <= ZipLayout.sizeLimit, tensors.count <= 65_000 else {
      throw FileError(
        path,
        "cannot be written: \(tensors.count) tensors of \(dataSize) bytes are too many for a zip "
          + "file of 4 GiB; write safetensors")
    }
    try AtomicFile.write(to: path) { append in
      var zip = ZipLayout()
      func add(_ name: String, _ contents: UnsafeRawBufferPointer) throws {
        try zip.header(of: name, contents).withUnsafeBytes(append)
        try append(contents)
      }
      let pickle = PickleWriter(stateDictionaryOf: tensors).bytes
      try pickle.withUnsafeBytes { try add("archive/data.pkl", $0) }
      try Array("little".utf8).withUnsafeBytes { try add("archive/byteorder", $0) }
      for (index, tensor) in tensors.enumerated() {
        try tensor.elements.withStoredBytes { try add("archive/data/\(index)", $0) }
      }
      for (key, text) in metadata.sorted(by: { $0.key < $1.key }) {
        try Array(text.utf8).withUnsafeBytes {
          try add("archive/\(StoredTensors.metadataFolder)\(key)", $0)
        }
      }
      // The version of the format that PyTorch 1.6 and later write.
      try Array("3\n".utf8).withUnsafeBytes { try add("archive/version", $0) }
      try zip.end().withUnsafeBytes(append)
    }
  }
}
