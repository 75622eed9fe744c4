/// An entry of a zip file made by hand.
struct ZipEntry {
  var name: String
  var contents: [UInt8] = []
  var flags = 0
  var method = 0
  /// What the directory claims; nil for the truth.
  var checksum: Int?
  var offset: Int?
  var size: Int?
}

/// A zip file of `entries` and a comment, whose end claims `count` entries, with or without 64-bit end records.
func zipBytes(
  _ entries: [ZipEntry], comment: String = "", count: Int? = nil, isWide: Bool = false
) -> [UInt8] {
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for entry in entries {
    let start = entry.offset ?? file.count
    let common =
      [20, entry.flags, entry.method, 0, 0].flatMap { littleEndian($0, 2) }
      + littleEndian(entry.checksum ?? zipChecksum(entry.contents), 4)
    let size = littleEndian(entry.size ?? entry.contents.count, 4)
    let name = littleEndian(entry.name.utf8.count, 2)
    // Sizes in the local header are zero, as in PyTorch's files.
    file += Array("PK\u{3}\u{4}".utf8) + common + [UInt8](repeating: 0, count: 8)
    file += name + [0, 0] + entry.name.utf8 + entry.contents
    directory +=
      Array("PK\u{1}\u{2}".utf8) + [20, 0] + common
      + (isWide ? [255, 255, 255, 255] + size : size + size)
    directory += name + littleEndian(isWide ? 20 : 0, 2) + [UInt8](repeating: 0, count: 10)
    directory += (isWide ? [255, 255, 255, 255] : littleEndian(start, 4)) + entry.name.utf8
    if isWide {
      directory += [1, 0, 16, 0] + littleEndian(entry.contents.count, 8) + littleEndian(start, 8)
    }
  }
  let total = count ?? entries.count
  var end: [UInt8] = []
  if isWide {
    end += Array("PK\u{6}\u{6}".utf8) + littleEndian(44, 8) + [30, 3, 45, 0]
    end += [UInt8](repeating: 0, count: 8) + littleEndian(total, 8) + littleEndian(total, 8)
    end += littleEndian(directory.count, 8) + littleEndian(file.count, 8)
    end += Array("PK\u{6}\u{7}".utf8) + [0, 0, 0, 0]
    end += littleEndian(file.count + directory.count, 8) + [1, 0, 0, 0]
  }
  let narrow = isWide ? 0xffff : total
  end +=
    Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + littleEndian(narrow, 2) + littleEndian(narrow, 2)
  end +=
    littleEndian(directory.count, 4)
    + (isWide ? [255, 255, 255, 255] : littleEndian(file.count, 4))
  end += littleEndian(comment.utf8.count, 2) + comment.utf8
  return file + directory + end
}

/// The checksum of a zip entry, bit by bit, as the definition has it.
func zipChecksum(_ bytes: [UInt8]) -> Int {
  var rest: UInt32 = 0xffff_ffff
  for byte in bytes {
    rest ^= UInt32(byte)
    for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xedb8_8320 : rest >> 1 }
  }
  return Int(~rest)
}
