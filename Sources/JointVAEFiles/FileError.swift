/// Why a file could not be read or written, in a sentence for the user.
public struct FileError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The path as the caller gave it.
  public var path: String
  /// What went wrong, what was expected and what to do, without the path.
  public var problem: String

  /// An error about `path`.
  public init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
  }

  /// `path: problem`.
  public var description: String { "\(path): \(problem)" }
}

extension String {
  /// The text between double quotes, fit for an error message: names come from files, so line breaks and
  /// terminal controls are written as escapes, and what is long is cut.
  package var quoted: String {
    let limit = 120
    var text = "\""
    for scalar in unicodeScalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        text += scalar.escaped(asASCII: true)
      default: text += scalar == "\"" ? "\\\"" : String(scalar)
      }
    }
    return text + (unicodeScalars.dropFirst(limit).isEmpty ? "\"" : "…\"")
  }
}
