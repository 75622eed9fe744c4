import JointVAERuns

extension OwnPictures {
  /// What was done to the pictures, and what may be wrong with them: a sentence each.
  package var sentences: [String] {
    var sentences: [String] = []
    if !inverted.isEmpty {
      sentences.append(
        "Light and dark were exchanged in \(Self.list(inverted))"
          + (invertsAsTrained ? ", as in the images that the model learned from" : "")
          + " (--invert off keeps them).")
    }
    if !light.isEmpty {
      sentences.append(
        "The borders of \(Self.list(light)) are light. If the model learned from light on dark, "
          + "exchange them with --invert on.")
    }
    return sentences
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ")
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
