/// Why a file could not be read or written, in a sentence for the user.
public struct FileError: DescribedError, Equatable, Sendable {
  /// The path as the caller gave it.
  public var path: String
  /// What went wrong and what was expected, without the path.
  public var problem: String
  /// What to do about it, where a program has its own words for that; nil when `problem` has them.
  public var remedy: Remedy?

  /// What a user can do about an error.
  public enum Remedy: String, Hashable, Sendable {
    /// Allow that the file is replaced.
    case replace = "choose another name, or allow replacing it"
    /// Confirm that so many runs are meant.
    case confirm = "confirm that so many are meant"
    /// Name a data set to measure the KL of latents on.
    case measure = "measure them on a data set"
    /// Evaluate other images, or train with images held back.
    case holdBack = "evaluate the test images, or train with images held back"
    /// Give the values that are black and white.
    case giveValues = "give the values that are black and white"
    /// Measure the run of an evaluation.json again, and store the scores there.
    case evaluate = "measure the run again, and store its scores in this file"
    /// Fit the distribution of codes.
    case fit = "fit it to the codes of images"
    /// Name the column of a table that holds the labels, or none.
    case nameLabels = "name the column that holds the labels, or none"
  }

  /// An error about `path`.
  public init(_ path: String, _ problem: String, remedy: Remedy? = nil) {
    self.path = path
    self.problem = problem
    self.remedy = remedy
  }

  /// `path: problem`, and what to do.
  public var description: String {
    "\(path.printable(limit: 1000)): \(problem)" + (remedy.map { "; \($0.rawValue)" } ?? "")
  }
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
