/// Why a picture could not be made from images, in a sentence for the person who asked for it.
public struct ImageError: Error, Equatable, CustomStringConvertible, Sendable {
  /// What went wrong, what was expected and what to do.
  public var description: String

  /// An error in these words.
  public init(_ description: String) {
    self.description = description
  }
}
