import JointVAEFiles

/// What the members of a collection are: images by their names, the others by their first bytes.
struct CollectionContents {
  /// For each member, whether it is an image.
  let isImage: [Bool]
  private let formats: [Int: FileFormat]

  /// Looks into every member of `collection` whose name is not that of an image.
  ///
  /// - Parameter threads: nil for one a core.
  /// - Throws: `FileError` when the collection as a whole cannot be read.
  init(_ collection: any FileCollection, threads: Int?) throws {
    var isImage = collection.members.map { FileName.isImage($0.name) }
    let unnamed = isImage.indices.filter { !isImage[$0] }
    var formats: [Int: FileFormat] = [:]
    for (member, format) in zip(unnamed, try collection.formats(of: unnamed, threads: threads)) {
      formats[member] = format
      isImage[member] = format?.isImage == true
    }
    self.isImage = isImage
    self.formats = formats
  }

  /// What the first bytes of the member show; nil when they show nothing, or its name is that of an image.
  subscript(member: Int) -> FileFormat? { formats[member] }
}
