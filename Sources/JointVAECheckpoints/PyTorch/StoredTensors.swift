import JointVAEFiles

/// A dictionary of tensors that have not been read, and where in the file their storages stand.
struct StoredTensors {
  let file: [UInt8]
  let dictionary: [(name: String, view: TensorView)]
  /// Where each storage's bytes stand in the file, by its key.
  let storages: [String: Range<Int>]
  /// Texts by key, of files that this package wrote.
  var metadata: [String: String] = [:]

  /// Reads every tensor.
  /// - Throws: `MalformedData`.
  func tensors() throws -> [NamedTensor] {
    try checkMemory()
    return try dictionary.map { name, view in
      let storage = view.storage
      guard case .read(let type) = storage.type else {
        let known = StoredType.allCases.map(\.storageClass).joined(separator: ", ")
        throw MalformedData(
          "holds tensor \(name.quoted) in a \(storage.type.storageClass); expected one of \(known)")
      }
      guard let range = storages[storage.key] else {
        throw MalformedData(
          "is damaged: tensor \(name.quoted) needs storage \(storage.key.quoted), which is missing")
      }
      let expected = TensorSize.byteCount(shape: [storage.count], elementWidth: storage.type.width)
      guard range.count == expected else {
        throw MalformedData(
          "is damaged: storage \(storage.key.quoted) of tensor \(name.quoted) has \(range.count) "
            + "bytes; expected those of \(storage.count) elements of \(storage.type.storageClass)")
      }
      let elements = file.withUnsafeBytes {
        view.elements(of: UnsafeRawBufferPointer(rebasing: $0[range]), as: type)
      }
      return NamedTensor(name: name, shape: view.shape, elements: elements)
    }
  }

  /// Views can repeat elements without end, so that a small file could ask for any amount of memory.
  private func checkMemory() throws {
    let limit = max(1 << 20, 16 * file.count)
    var total = 0
    for (_, view) in dictionary {
      guard case .read(let type) = view.storage.type else { continue }
      let bytes = TensorSize.byteCount(shape: [view.count], elementWidth: type.widthInMemory)
      let (sum, overflow) = total.addingReportingOverflow(bytes ?? .max)
      guard !overflow, sum <= limit else {
        throw MalformedData(
          "asks for more than \(limit) bytes of tensors from a file of \(file.count); "
            + "expected tensors whose elements are in the file")
      }
      total = sum
    }
  }
}
