import JointVAEFiles

/// What the members of a collection are: images by their names, the others by their first bytes.
struct CollectionContents {
  /// For each member, whether it is an image.
  let isImage: [Bool]
  private let formats: [Int: FileFormat]
  /// What is in gzip files.
  private var packed: [Int: FileFormat] = [:]
  /// Files with names of images that are looked at, at most.
  private static let namedLimit = 20
  /// Gzip files that are looked into, at most.
  private static let packedLimit = 200

  /// Looks into every member of `collection` whose name is not that of an image.
  ///
  /// - Parameter threads: nil for one a core.
  /// - Throws: `FileError` when the collection as a whole cannot be read.
  init(_ collection: any FileCollection, threads: Int?) throws {
    var isImage = collection.members.map { FileName.isImage($0.name) }
    // A few are looked at although their names say what they are.
    let named = isImage.indices.filter { isImage[$0] }.prefix(Self.namedLimit)
    let unnamed = isImage.indices.filter { !isImage[$0] }
    var formats: [Int: FileFormat] = [:]
    for (member, format) in zip(unnamed, try collection.formats(of: unnamed, threads: threads)) {
      formats[member] = format
      isImage[member] = format?.isImage == true
    }
    for (member, format) in zip(named, try collection.formats(of: Array(named), threads: threads)) {
      switch format {
      case .npy, .idx, .gzip, .zip, .tar:
        formats[member] = format
        isImage[member] = false
      default: break
      }
    }
    self.isImage = isImage
    self.formats = formats
    let gzips = formats.filter { $0.value == .gzip }.keys.sorted()
    for member in gzips.prefix(Self.packedLimit) {
      let start = try? GzipBytes(collection.source(of: member)).next(FileFormat.startLength)
      packed[member] = start.flatMap { FileFormat($0) }
    }
  }

  /// What the first bytes of the member show, looked at through gzip.
  func unpacked(_ member: Int) -> FileFormat? {
    formats[member] == .gzip ? packed[member] : formats[member]
  }

  /// Why nothing is read of a member called `name`.
  func reason(_ member: Int, name: String) -> String {
    unpacked(member).map { "is \($0)" } ?? "is no image"
  }

  /// What the first bytes of the member show; nil when they show nothing, or its name is that of an image.
  subscript(member: Int) -> FileFormat? { formats[member] }
}
