import JointVAEFiles

/// The files of a folder inside an archive, or one of its files.
struct SubCollection: FileCollection {
  let path: String
  let members: [CollectionMember]
  private let whole: any FileCollection
  /// For each member, its number in the whole.
  private let numbers: [Int]
  /// Whether the place is a file; labels of the same name come with it.
  let isOneFile: Bool

  /// What lies at `place` in `whole`.
  ///
  /// - Throws: `FileError` when nothing is there.
  init(_ place: String, of whole: any FileCollection) throws {
    self.whole = whole
    var members: [CollectionMember] = []
    var numbers: [Int] = []
    let start = Array("\(place)/".utf8)
    let file = Substring(place).split(separator: "/").last.map(String.init) ?? place
    let companions = Set(
      IDXFiles.labelNames(of: file).map { String(place.dropLast(file.count)) + $0 })
    let isOneFile = whole.members.contains { $0.name.utf8.elementsEqual(place.utf8) }
    for (number, member) in whole.members.enumerated() {
      var found = member
      if isOneFile {
        guard member.name.utf8.elementsEqual(place.utf8) || companions.contains(member.name) else {
          continue
        }
        found.name = member.name.split(separator: "/").last.map(String.init) ?? member.name
      } else if member.name.utf8.starts(with: start) {
        found.name = String(decoding: member.name.utf8.dropFirst(start.count), as: UTF8.self)
      } else {
        continue
      }
      members.append(found)
      numbers.append(number)
    }
    guard !members.isEmpty else {
      let names = Set(whole.members.compactMap { $0.name.split(separator: "/").first })
      throw FileError(
        whole.path,
        "holds no \(place.quoted); expected one of "
          + NameList.text(names.map(String.init).sorted(by: NaturalOrder.isBefore)))
    }
    (self.members, self.numbers, self.isOneFile) = (members, numbers, isOneFile)
    let folder = isOneFile ? Substring(place).dropLast(file.count + 1) : Substring(place)
    path = folder.isEmpty ? whole.path : "\(whole.path)/\(folder)"
  }

  func forEach(
    _ wanted: [Int], threads: Int?,
    _ body: @Sendable (_ position: Int, _ bytes: Result<[UInt8], FileError>) throws -> Void
  ) throws {
    try whole.forEach(wanted.map { numbers[$0] }, threads: threads, body)
  }

  func formats(of wanted: [Int], threads: Int?) throws -> [FileFormat?] {
    try whole.formats(of: wanted.map { numbers[$0] }, threads: threads)
  }

  func source(of index: Int) throws -> any ByteSource { try whole.source(of: numbers[index]) }
}
