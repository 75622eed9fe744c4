extension StoredTensors {
  /// The format of PyTorch 1.6 and later: a zip file of `<any>/data.pkl`, the pickle, and `<any>/data/<key>`, the bytes of
  /// a storage each.
  /// - Throws: `MalformedData`.
  init(zip bytes: [UInt8]) throws {
    // Programs in it are compressed, which tensors never are.
    guard !Self.holdsProgram(bytes) else {
      throw MalformedData(
        "is a TorchScript archive, which holds a program; expected a dictionary of tensors: save it in "
          + "Python with torch.save(torch.jit.load(path).state_dict(), \"model.pt\")")
    }
    let archive = try ZipArchive(bytes)
    let pickles = archive.entries.keys.filter { $0.hasSuffix("/data.pkl") }
    guard let pickleName = pickles.first, pickles.count == 1 else {
      throw MalformedData(
        "is no PyTorch checkpoint: it is a zip file with \(pickles.count) entries data.pkl; expected one"
      )
    }
    let folder = pickleName.dropLast("data.pkl".count)
    if let order = archive.entries["\(folder)byteorder"], bytes[order] != Array("little".utf8)[...]
    {
      throw MalformedData("was written on a big-endian machine; expected little-endian numbers")
    }
    var storages: [String: Range<Int>] = [:]
    for (name, range) in archive.entries where name.hasPrefix("\(folder)data/") {
      storages[String(name.dropFirst(folder.count + "data/".count))] = range
    }
    var cursor = ByteCursor(bytes[archive.entries[pickleName] ?? 0..<0])
    let dictionary = try StateDictionary(of: Unpickler.read(&cursor)).tensors
    var metadata: [String: String] = [:]
    for (name, range) in archive.entries where name.hasPrefix("\(folder)\(Self.metadataFolder)") {
      guard range.count <= Self.metadataLimit else { continue }
      let key = String(name.dropFirst(folder.count + Self.metadataFolder.count))
      metadata[key] = String(validating: bytes[range], as: UTF8.self)
    }
    self.init(file: bytes, dictionary: dictionary, storages: storages, metadata: metadata)
  }

  /// The entries of a file's folder that hold its metadata, a text each.
  static let metadataFolder = "metadata/"
  /// Bytes of a text beyond which it is none of ours.
  private static let metadataLimit = 1 << 16

  /// Whether the directory at the end of a zip file names TorchScript's programs.
  private static func holdsProgram(_ bytes: [UInt8]) -> Bool {
    let folder = Array("/code/__torch__".utf8)
    var rest = bytes.suffix(1 << 20)
    while let slash = rest.firstIndex(of: folder[0]) {
      rest = rest[slash...]
      if rest.starts(with: folder) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
