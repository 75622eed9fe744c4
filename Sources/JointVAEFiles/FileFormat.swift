/// What a file is, by its first bytes.
///
/// This is the one place where the package tells files apart. A name counts only where no format is recognized, such as
/// for CSV, which is text like any other.
package enum FileFormat: Hashable, Sendable {
  case png
  case jpeg
  case gif
  case webP
  case tiff
  case bmp
  /// PBM, PGM and PPM of netpbm.
  case pnm
  /// HEIC, AVIF and other images in HEIF's boxes.
  case heif
  /// A zip archive; npz files and PyTorch's checkpoints are such.
  case zip
  case tar
  case gzip
  /// An array of NumPy.
  case npy
  /// MNIST's format: images have 3 axes, labels 1.
  case idx(axes: Int)
  case safetensors
  /// A pickle of Python, of protocol 2 and up.
  case pickle
  /// A model of ONNX.
  case onnx
  /// MATLAB's files, of version 5 and of 7.3, which are HDF5 with a start of their own.
  case matlab
  case hdf5
  case parquet
  case rar
  case sevenZip
  case xz
  case bzip2
  case zstandard
  /// What Git leaves in place of a large file that was not fetched.
  case largeFilePointer
  /// A page of the web. Servers send one in place of a file that they refuse.
  case html

  /// Bytes of a file's start that suffice to recognize it.
  package static let startLength = TarBlock.byteCount

  /// The format of the file that begins with `bytes`; nil when it has none of these.
  package init?(_ bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(Self.startLength))
    func has(_ expected: some Sequence<UInt8>, at place: Int = 0) -> Bool {
      start.dropFirst(place).starts(with: expected)
    }
    // The header's length, of which at least half the bytes are 0, then a JSON object.
    if has([0, 0, 0, 0, UInt8(ascii: "{")], at: 4) {
      self = .safetensors
    } else if has([0x89, 0x50, 0x4e, 0x47]) {
      // A transfer as text changes what follows these four bytes. Such a file is a damaged PNG.
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
    } else if Self.isNetpbm(start) {
      self = .pnm
    } else if has("ftyp".utf8, at: 4), Self.imageBrands.contains(where: { has($0.utf8, at: 8) }) {
      self = .heif
    } else if has([0x50, 0x4b, 3, 4]) || has([0x50, 0x4b, 5, 6]) {
      // The second is an archive without members.
      self = .zip
    } else if has([0x1f, 0x8b]) {
      self = .gzip
    } else if has([0x93] + "NUMPY".utf8) {
      self = .npy
    } else if let format = Self.strangers.first(where: { has($0.start) })?.format {
      self = format
    } else if has([0, 0]), start.count >= 4, (8...14).contains(start[2]),
      (1...8).contains(start[3])
    {
      self = .idx(axes: Int(start[3]))
    } else if TarBlock.isPlausible(start) {
      self = .tar
    } else if has([0x80]) {
      self = .pickle
    } else if Self.isModel(start) {
      self = .onnx
    } else if Self.isPage(start) {
      self = .html
    } else {
      return nil
    }
  }

  /// The images that are read, in words.
  package static let readImages = "PNG, JPEG, GIF, WebP, BMP, PGM or PPM"

  /// Whether the file is an image, readable or not.
  package var isImage: Bool {
    switch self {
    case .png, .jpeg, .gif, .webP, .tiff, .bmp, .pnm, .heif: true
    default: false
    }
  }

  /// P1 to P6, then a number behind spaces or comments. A table may begin with a name such as P1, too.
  private static func isNetpbm(_ start: [UInt8]) -> Bool {
    guard start.count > 3, start[0] == UInt8(ascii: "P"), (0x31...0x36).contains(start[1]) else {
      return false
    }
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    guard isSpace(start[2]) || start[2] == UInt8(ascii: "#") else { return false }
    guard let next = start[2...].first(where: { !isSpace($0) }) else { return false }
    return next == UInt8(ascii: "#") || (0x30...0x39).contains(next)
  }

  /// The version of ONNX's format, then fields of the model's message in their order up to its graph or operators.
  private static func isModel(_ start: [UInt8]) -> Bool {
    var reader = WireReader(start[...])
    // TensorFlow's saved models begin alike, with the version 1.
    guard start.first == 0x08, let version = try? reader.next()?.integer(),
      (3...30).contains(version)
    else { return false }
    var number = 1
    while true {
      let field: WireReader.Field?
      do { field = try reader.next() } catch {
        // The graph goes on behind the start.
        return number > 1 || [0x12, 0x3a, 0x42].contains(start.dropFirst(2).first)
      }
      guard let field, field.number > number, (2...8).contains(field.number) else { return false }
      number = field.number
      switch (number, field.value) {
      case (7...8, .bytes): return true
      case (5, .integer): break
      case (2...6, .bytes(let text)):
        if String(validating: text, as: UTF8.self) == nil { return false }
      default: return false
      }
    }
  }

  /// How files begin that are recognized so that errors can name them.
  private static let strangers: [(start: [UInt8], format: FileFormat)] = [
    (Array("MATLAB 5.0 MAT-file".utf8), .matlab), (Array("MATLAB 7.3 MAT-file".utf8), .matlab),
    ([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], .hdf5), (Array("PAR1".utf8), .parquet),
    (Array("Rar!".utf8) + [0x1a, 7], .rar),
    (Array("7z".utf8) + [0xbc, 0xaf, 0x27, 0x1c], .sevenZip),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], .xz), (Array("BZh".utf8), .bzip2),
    ([0x28, 0xb5, 0x2f, 0xfd], .zstandard),
    (Array("version https://git-lfs".utf8), .largeFilePointer),
  ]

  /// What to do about a file that holds no data as it is, or none that is read; nil where there is nothing to say.
  package var advice: String? {
    switch self {
    case .html: "download it again"
    case .largeFilePointer: "fetch the file itself with git lfs pull"
    case .rar, .sevenZip, .xz, .bzip2, .zstandard: "unpack it"
    case .matlab:
      "load it in Python with scipy.io.loadmat, or h5py, and save its images with numpy.savez"
    case .hdf5: "open it in Python with h5py, and save its images with numpy.savez"
    case .parquet:
      "load it in Python with pandas.read_parquet, and save its images with numpy.savez"
    case .pickle: "load it in Python with pickle.load, and save its images with numpy.savez"
    default: nil
    }
  }

  /// Whether no reader of this package takes it.
  package var isForeign: Bool {
    switch self {
    case .matlab, .hdf5, .parquet, .rar, .sevenZip, .xz, .bzip2, .zstandard, .largeFilePointer,
      .html:
      true
    default: false
    }
  }

  private static func isPage(_ start: [UInt8]) -> Bool {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = start.starts(with: byteOrderMark) ? start.dropFirst(3) : start[...]
    let tag = String(decoding: text.drop { $0 <= 0x20 }.prefix(16), as: UTF8.self).lowercased()
    return ["<!doctype html", "<html", "<head"].contains { tag.hasPrefix($0) }
  }

  /// What boxes of images call themselves. Videos begin the same way, with other brands.
  private static let imageBrands = [
    "heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis",
  ]
}

extension FileFormat: CustomStringConvertible {
  /// What errors call a file of the format, such as `an HTML page`.
  package var description: String {
    switch self {
    case .png: "a PNG image"
    case .jpeg: "a JPEG image"
    case .gif: "a GIF image"
    case .webP: "a WebP image"
    case .tiff: "a TIFF image"
    case .bmp: "a BMP image"
    case .pnm: "a netpbm image (PBM, PGM, PPM)"
    case .heif: "an HEIF image (HEIC, AVIF)"
    case .zip: "a zip archive"
    case .tar: "a tar archive"
    case .gzip: "a gzip file"
    case .npy: "a NumPy array"
    case .idx: "an IDX file"
    case .safetensors: "a safetensors file"
    case .pickle: "a Python pickle"
    case .onnx: "an ONNX model"
    case .matlab: "a MATLAB file"
    case .hdf5: "an HDF5 file"
    case .parquet: "a Parquet file"
    case .rar: "a RAR archive"
    case .sevenZip: "a 7z archive"
    case .xz: "an xz file"
    case .bzip2: "a bzip2 file"
    case .zstandard: "a Zstandard file"
    case .largeFilePointer: "a Git LFS pointer"
    case .html: "an HTML page"
    }
  }
}
