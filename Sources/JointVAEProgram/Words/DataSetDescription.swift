import JointVAE
import JointVAEData
import JointVAEFiles

/// What is in a data set, in lines for people.
package struct DataSetDescription {
  private let images: LabeledImages

  /// A description of `images`.
  package init(_ images: LabeledImages) { self.images = images }

  /// Name, part, origin, number, shape, what was done to the images, then classes and known factors
  /// where there are some.
  package var text: String {
    var rows = [
      ["data set", images.name], ["part", images.part], ["from", images.origin],
      ["images", "\(images.count)"], ["shape", "\(images.imageShape)"],
    ]
    rows += images.preparation.map(Self.rows) ?? []
    if images.labels != nil {
      rows.append(["classes", "\(images.classNames.count)"])
      rows += zip(images.classNames, images.classCounts).map {
        ["  \($0.printable(limit: 60))", "\($1)"]
      }
    }
    if !images.factors.isEmpty {
      rows.append(["factors", images.factors.map(\.name).joined(separator: ", ")])
    }
    return TextTable(rows).text + (images.preparation.map(Self.sentences) ?? "")
  }

  /// What a user should know of the preparation: left out files, inverted images; empty when there
  /// is nothing to say.
  package var remarks: [String] {
    guard let report = images.preparation else { return [] }
    var remarks: [String] = []
    if report.isInverted {
      remarks.append(
        report.border == .light
          ? "The images are dark on light; light and dark were exchanged (--invert off keeps them)."
          : "Light and dark were exchanged.")
    }
    if report.brokenImageCount > 0 {
      remarks.append(
        "\(NumberText.count(report.brokenImageCount, "image")) could not be read and left out "
          + "(--strict makes that an error); the first: \(report.brokenImages[0])")
    }
    return remarks + Self.remark(on: report.values) + report.remarks
  }

  private static func rows(_ report: PreparationReport) -> [[String]] {
    let (least, most) = (report.smallest, report.largest)
    let sizes =
      least == most
      ? "\(least.width)x\(least.height)"
      : "\(least.width)x\(least.height) to \(most.width)x\(most.height)"
    var rows = [["in the files", sizes], ["image size", proposal(least, most)]]
    switch report.border {
    case .dark: rows.append(["polarity", "light on dark"])
    case .light:
      rows.append(["polarity", "dark on light" + (report.isInverted ? ", exchanged" : "")])
    case .mixed: rows.append(["polarity", "mixed"])
    case nil: break
    }
    if report.oblongCount > 0 { rows.append(["other shape", "\(report.oblongCount)"]) }
    if report.skippedFileCount > 0 {
      rows.append(["no images", NumberText.count(report.skippedFileCount, "file")])
    }
    if report.brokenImageCount > 0 { rows.append(["broken", "\(report.brokenImageCount)"]) }
    return rows
  }

  /// The size to train on: that of the files where a network takes it, else one of their shape.
  private static func proposal(
    _ least: PreparationReport.Size, _ most: PreparationReport.Size
  ) -> String {
    let sides = ImageSize.sides
    if least == most, sides.contains(least.width), sides.contains(least.height) {
      let size = ImageSize(height: least.height, width: least.width)
      return "--image-size \(size) keeps every pixel"
    }
    // No larger than the smallest image, and no more than 64 pixels, which takes minutes and not hours.
    let (height, width) = (Double(least.height), Double(least.width))
    let scale = min(1, 64 / max(height, width))
    func side(_ length: Double) -> Int {
      min(max(Int((length * scale).rounded()), sides.lowerBound), sides.upperBound)
    }
    return "--image-size \(ImageSize(height: side(height), width: side(width))) has their shape"
  }

  /// What a user should know of the numbers in the files; empty when they are as usual.
  private static func remark(on values: PreparationReport.Values?) -> [String] {
    guard let values else { return [] }
    let scale = values.scale.words
    if values.areEqual {
      return [
        "All pixels in the files are \(ValueRange.text(values.found.minimum)) "
          + "on a scale of \(scale), so there is nothing to see. "
          + "White drawings on a transparent ground are such: the ground becomes white."
      ]
    }
    guard values.areNarrow else { return [] }
    return [
      "The pixels in the files reach from \(values.found.words) on a scale of "
        + "\(scale), so the images are nearly of one gray (--values \(values.suggestion.text) spreads them)."
    ]
  }

  private static func sentences(_ report: PreparationReport) -> String {
    let unnamed = report.brokenImageCount - report.brokenImages.count
    let broken = report.brokenImages + (unnamed > 0 ? ["and \(unnamed) more broken images"] : [])
    let more = report.skippedFileCount - report.skippedFiles.count
    let skipped =
      report.skippedFiles
      + (more > 0 && !report.skippedFiles.isEmpty ? ["and \(more) more files"] : [])
    return (broken + skipped + remark(on: report.values) + report.remarks).map { "\n\($0)" }
      .joined()
  }
}

/// The data sets known by name, in lines for people.
package struct DataSetList {
  /// A list of all.
  package init() {}

  /// A line each: its name and what it shows.
  package var text: String {
    TextTable(KnownDataSet.all.map { [$0.name, $0.summary] }).text
  }
}
