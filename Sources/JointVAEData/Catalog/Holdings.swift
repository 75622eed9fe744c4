import JointVAEFiles

/// The files of a collection, by what they are.
struct Holdings {
  let collection: any FileCollection
  /// The names of all members.
  let names: [String]
  /// What each member is, looked at through gzip.
  let contents: CollectionContents
  /// IDX files of images, and of labels.
  private(set) var idxImages: [Int] = []
  private(set) var idxLabels: [Int] = []
  /// Arrays of NumPy.
  private(set) var arrays: [Int] = []
  /// Files with the name of a table, and nothing but text in them.
  private(set) var tables: [Int] = []

  /// Looks into every member of `collection` whose name is not that of an image.
  ///
  /// - Parameter threads: nil for one a core.
  /// - Throws: `FileError` when the collection as a whole cannot be read.
  init(_ collection: any FileCollection, threads: Int?) throws {
    self.collection = collection
    names = collection.members.map(\.name)
    contents = try CollectionContents(collection, threads: threads)
    for member in names.indices where !contents.isImage[member] {
      switch contents.unpacked(member) {
      case .idx(axes: 3): idxImages.append(member)
      case .idx(axes: 1), .idx(axes: 2): idxLabels.append(member)
      case .npy: arrays.append(member)
      case nil where names[member].lowercased().hasSuffix(".npy"): arrays.append(member)
      case nil where FileName.isTable(names[member]): tables.append(member)
      // By the names of MNIST's files, what is something else is refused for what it is.
      default:
        let name = names[member].lowercased()
        if name.contains("images") && name.contains("idx3-ubyte") { idxImages.append(member) }
        if name.contains("labels") && name.contains("idx1-ubyte") { idxLabels.append(member) }
      }
    }
  }

  /// Whether a user named one file, whatever part its name speaks of.
  var isOneFile: Bool { (collection as? SubCollection)?.isOneFile ?? false }

  /// The members that are images.
  var images: [Int] { names.indices.filter { contents.isImage[$0] } }

  /// The bytes of a member, unpacked where they are packed with gzip.
  func open(_ member: Int) throws -> any ByteSource {
    let bytes = try collection.source(of: member)
    return contents[member] == .gzip ? try GzipBytes(bytes) : bytes
  }

  /// Where a member lies, for messages: what a user may pass for it.
  func path(_ member: Int) -> String { collection.memberPath(member) }

  /// Whether one of the tables holds images.
  func holdsPixels() -> Bool {
    let tables = try? TableSet(self, label: nil, known: nil, leastPixelCount: 16)
    return tables.map { !$0.pixels.isEmpty } ?? false
  }

  /// Whether the images are a few overviews beside something else: at most 20, in one folder.
  var hasFewImages: Bool {
    let images = images
    let folders = Set(images.map { names[$0].split(separator: "/").dropLast() })
    return images.count <= 20 && folders.count <= 1
  }

  /// The other files, of which nothing is read, each with the reason.
  func unread(besides used: Set<Int>) -> [String] {
    names.indices.filter { !used.contains($0) && !contents.isImage[$0] }.map { member in
      "\(names[member]): \(contents.reason(member, name: names[member]))"
    }
  }
}
