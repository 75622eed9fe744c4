/// The format of an image file, by its first bytes.
public enum ImageFormat: Hashable, Sendable, CaseIterable {
  case png
  case jpeg
  case gif
  /// Known by sight, but not read, as are those that follow.
  case webP
  case tiff
  case bmp
  /// HEIC, AVIF and what else comes in HEIF's boxes.
  case heif

  /// The format of the file that begins with `bytes`, of which 16 are enough; nil when it is no
  /// image of a known format.
  public init?(_ bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(16))
    func has(_ expected: some Sequence<UInt8>, at place: Int = 0) -> Bool {
      start.dropFirst(place).starts(with: expected)
    }
    // Transfers as text spoil what follows the first four bytes of a PNG: those are damaged, not
    // something else.
    if has([0x89, 0x50, 0x4e, 0x47]) {
      self = .png
    } else if has([0xff, 0xd8, 0xff]) {
      self = .jpeg
    } else if has("GIF8".utf8) {
      self = .gif
    } else if has("RIFF".utf8), has("WEBP".utf8, at: 8) {
      self = .webP
    } else if has([0x49, 0x49, 42, 0]) || has([0x4d, 0x4d, 0, 42]) {
      self = .tiff
    } else if has("BM".utf8), has([0, 0, 0, 0], at: 6) {
      self = .bmp
    } else if has("ftyp".utf8, at: 4), Self.brands.contains(where: { has($0.utf8, at: 8) }) {
      self = .heif
    } else {
      return nil
    }
  }

  /// Whether `Image` decodes files of this format.
  public var isReadable: Bool {
    switch self {
    case .png, .jpeg, .gif: true
    case .webP, .tiff, .bmp, .heif: false
    }
  }

  /// What people call it.
  public var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .gif: "GIF"
    case .webP: "WebP"
    case .tiff: "TIFF"
    case .bmp: "BMP"
    case .heif: "HEIF (HEIC, AVIF)"
    }
  }

  /// What boxes of images call themselves; videos begin the same way.
  private static let brands = ["heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis"]
}
