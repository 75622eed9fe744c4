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
