/// The kind of content that a file's name stands for, where the content does not show it.
enum FileName {
  /// Endings of images, those that are not read included.
  private static let imageExtensions: Set<String> = [
    "png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "tif", "tiff", "bmp", "dib", "pbm", "pgm",
    "ppm", "pnm", "heic", "heif",
    "avif",
  ]

  private static let packedEndings = [
    ".zip", ".tar", ".tar.gz", ".tgz", ".csv", ".csv.gz", ".npy", ".npz",
  ]
  /// Endings of tables; UCI's are the last ones.
  private static let tableEndings = [
    ".csv", ".tsv", ".txt", ".data", ".tra", ".tes", ".train", ".test",
  ]

  /// Whether a file of this name is meant to be an image.
  static func isImage(_ name: some StringProtocol) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return imageExtensions.contains(name[name.index(after: dot)...].lowercased())
  }

  /// Whether a file of this name is meant to hold many images.
  static func isPacked(_ name: String) -> Bool {
    packedEndings.contains { name.lowercased().hasSuffix($0) }
  }

  /// Whether a file of this name is meant to be a table.
  static func isTable(_ name: String) -> Bool {
    let name = name.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return tableEndings.contains { plain.hasSuffix($0) }
  }
}
