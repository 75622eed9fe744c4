import JointVAEFiles

/// The members of a collection while they are found, each with the place it is read from.
struct MemberList<Place: Sendable> {
  private let path: String
  private let limits: CollectionLimits
  private var entries: [(member: CollectionMember, place: Place)] = []

  /// No members yet of the collection at `path`.
  init(_ path: String, _ limits: CollectionLimits) {
    self.path = path
    self.limits = limits
  }

  /// Members added so far.
  var count: Int { entries.count }

  /// Adds a member whose name is clean.
  /// - Throws: `FileError` when there are too many.
  mutating func add(_ name: String, byteCount: Int, place: Place) throws {
    guard entries.count < limits.memberCount else {
      throw FileError(
        path, "holds more than \(limits.memberCount) files; pass the folder inside that you mean")
    }
    entries.append((CollectionMember(name: name, byteCount: byteCount), place))
  }

  /// The members in natural order, and their places.
  /// - Throws: `FileError` when two have the same name.
  func sorted() throws -> (members: [CollectionMember], places: [Place]) {
    let sorted = entries.sorted { NaturalOrder.isBefore($0.member.name, $1.member.name) }
    for (one, next) in zip(sorted, sorted.dropFirst())
    where one.member.name.utf8.elementsEqual(next.member.name.utf8) {
      throw FileError(
        path,
        "holds two members named \(one.member.name.quoted); unpack it, keep the right one and pass "
          + "the folder")
    }
    return (sorted.map(\.member), sorted.map(\.place))
  }
}
