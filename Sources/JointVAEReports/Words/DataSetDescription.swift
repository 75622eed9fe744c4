import JointVAE
import JointVAEData

/// What is in a data set, in lines for people.
public struct DataSetDescription {
  private let images: LabeledImages

  /// A description of `images`.
  public init(_ images: LabeledImages) { self.images = images }

  /// Name, part, origin, number, shape, then classes and known factors where there are some.
  public var text: String {
    var rows = [
      ["data set", images.name], ["part", images.part], ["from", images.origin],
      ["images", "\(images.count)"], ["shape", "\(images.imageShape)"],
    ]
    if images.labels != nil {
      rows.append(["classes", "\(images.classNames.count)"])
      rows += zip(images.classNames, images.classCounts).map { ["  \($0)", "\($1)"] }
    }
    if !images.factors.isEmpty {
      rows.append(["factors", images.factors.map(\.name).joined(separator: ", ")])
    }
    return TextTable(rows).text
  }
}

/// The data sets known by name, in lines for people.
public struct DataSetList {
  /// A list of all.
  public init() {}

  /// A line each: its name and what it shows.
  public var text: String {
    TextTable(KnownDataSet.all.map { [$0.name, $0.summary] }).text
  }
}
