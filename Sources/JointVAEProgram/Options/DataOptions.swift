import ArgumentParser
import JointVAE
import JointVAEData

/// Which images of a data set, for commands that look at some.
struct DataOptions: ParsableArguments {
  @Option(help: "The file or folder that holds the data set. (default: see jointvae data list)")
  var data: String?

  @Option(help: "The part of the data set: train, test, or all for both.")
  var split: DataSplit?

  @Option(
    parsing: .unconditional,
    help: "Take no more than N images: the first, or, of a set sorted by class, some of each.")
  var limit: Int?

  @OptionGroup(title: "Preparation")
  var preparation: SettingOptions<PreparationSettings>

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit is \(limit); expected at least 1 image.")
    }
  }

  /// The images of `dataSet`, prepared for a model of `shape` or in `size`; the `usual` part, where there are parts, unless --split names one.
  ///
  /// - Parameter printsRemarks: whether to print what a user should know of them on standard error.
  func load(
    _ dataSet: String, for shape: ImageShape? = nil, size: ImageSize? = nil, usual: DataSplit,
    printsRemarks: Bool = true
  ) throws -> LabeledImages {
    var request = DataSetRequest(
      dataSet, path: data, split: split, imageSize: shape?.size ?? size, limit: limit)
    request.usualSplit = usual
    if let shape { request.preparation.match(channels: shape.channels) }
    return try Environment.catalog(printsRemarks: printsRemarks).load(
      preparation.changes.applied(to: request))
  }
}

extension DataSplit: ExpressibleByArgument {}
