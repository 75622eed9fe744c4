import JointVAE
import JointVAECheckpoints
import JointVAEFiles

/// The texts of an ONNX file's metadata that are no model's own.
enum ONNXMetadata {
  private static let checksumKey = "jointvae.crc32"
  private static let formatKey = "Image.BitmapPixelFormat"

  /// The keys that files of models use themselves.
  static var ownKeys: Set<String> { Set(imageProperties(channels: 1).keys).union([checksumKey]) }

  /// The metadata of both files of a model.
  ///
  /// - Parameters:
  ///   - texts: what the model says of itself.
  ///   - channels: of its images.
  ///   - tensors: all its weights and biases.
  static func written(
    _ texts: [String: String], channels: Int, tensors: [NamedTensor]
  ) -> [String: String] {
    var metadata = texts.merging(imageProperties(channels: channels)) { _, own in own }
    metadata[checksumKey] = checksum(metadata, tensors)
    return metadata
  }

  /// What the model says of itself in the metadata of a file.
  /// - Throws: `WireError` when a weight or a text is not what was written.
  static func read(
    _ metadata: [String: String], tensors: [NamedTensor]
  ) throws(WireError) -> [String: String] {
    var rest = metadata
    guard let stored = rest.removeValue(forKey: checksumKey) else {
      throw WireError(
        "lacks the checksum that jointvae writes (\(checksumKey)); convert the model again")
    }
    let computed = checksum(rest, tensors)
    guard stored == computed else {
      throw WireError(
        "holds other weights or words than were written: their checksum is \(computed), not "
          + "\(stored.quoted); convert the model again")
    }
    return rest.filter { !ownKeys.contains($0.key) }
  }

  /// As MetadataProps.md of ONNX names them; it has no name for pixels of two values.
  private static func imageProperties(channels: Int) -> [String: String] {
    var properties = [
      "Image.ColorSpaceGamma": "SRGB", "Image.NominalPixelRange": "Normalized_0_1",
    ]
    properties[formatKey] = [1: "Gray8", 3: "Rgb8", 4: "Rgba8"][channels]
    return properties
  }

  /// A checksum of all texts and all numbers, whichever file holds them.
  private static func checksum(_ texts: [String: String], _ tensors: [NamedTensor]) -> String {
    var sum = CRC32()
    let sorted = texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (key, text) in sorted {
      // Zeros, which texts have none of, part them.
      (Array(key.utf8) + [0] + Array(text.utf8) + [0]).withUnsafeBytes { sum.add($0) }
    }
    let named = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for tensor in named { tensor.rawBytes.withUnsafeBytes { sum.add($0) } }
    return CRC32.digits(sum.value)
  }
}
