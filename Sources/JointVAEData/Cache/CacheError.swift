import JointVAEFiles

/// Why prepared images could not be kept; they can be prepared all the same.
struct CacheError: Error, CustomStringConvertible {
  /// What the file system says.
  var cause: FileError

  var description: String { "The prepared images were not kept: \(cause)." }
}
