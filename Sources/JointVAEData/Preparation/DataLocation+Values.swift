import JointVAEFiles

extension DataLocation {
  /// The error about values that are not those of black, white and the grays between.
  ///
  /// - Parameters:
  ///   - wanted: what the user gave; nil for the usual scales.
  ///   - name: the file among several; nil where there is one.
  func unusual(_ found: ValueRange, wanted: ValueRange?, in name: String? = nil) -> FileError {
    let expected =
      wanted.map { "\($0.words), the values of black and white that were given" }
      ?? "0 to 1 or 0 to 255, or 0 to 65535 of 16 bits"
    return FileError(
      name ?? path,
      "holds values from \(found.words); expected \(expected) (\(found.text) would spread them)",
      remedy: .giveValues)
  }

  /// The error about an array that would give black pictures.
  func nearlyBlack(_ values: PreparationReport.Values) -> FileError {
    FileError(
      path,
      "holds values from \(values.found.words), which are nearly black on the usual "
        + "scale of \(values.scale.words) (\(values.suggestion.text) would spread them)",
      remedy: .giveValues)
  }
}

extension ValueRange {
  /// `0 to 255`.
  package var words: String { "\(Self.text(minimum)) to \(Self.text(maximum))" }
}
