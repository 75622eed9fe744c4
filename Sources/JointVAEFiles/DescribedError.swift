import Foundation

/// An error whose description is a sentence for the user.
///
/// `localizedDescription` is that sentence, too, in place of Foundation's "The operation could not be completed".
public protocol DescribedError: LocalizedError, CustomStringConvertible {}

extension DescribedError {
  /// The description.
  public var errorDescription: String? { description }
}
