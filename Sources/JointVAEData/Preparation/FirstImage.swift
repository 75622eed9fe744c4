import JointVAEFiles
import JointVAEImages
import Synchronization

/// The first image of a collection that can be read, which shows what the others are like.
struct FirstImage: Sendable {
  /// Images that are tried; a set that begins with as many broken ones is hopeless.
  private static let attempts = 16

  private let collection: any FileCollection
  private let members: [Int]

  init(_ collection: any FileCollection, _ members: [Int]) {
    self.collection = collection
    self.members = members
  }

  /// Nil when none of the first ones can be read.
  func outline() throws -> ImageOutline? {
    for member in members.prefix(Self.attempts) {
      let found = Mutex<ImageOutline?>(nil)
      try collection.forEach([member], threads: 1) { _, bytes in
        guard let bytes = try? bytes.get() else { return }
        let image = try? ImageOutline(encoded: bytes, name: collection.members[member].name)
        found.withLock { $0 = image }
      }
      if let image = found.withLock({ $0 }) { return image }
    }
    return nil
  }
}
