import ArgumentParser
import JointVAE
import JointVAEData

/// Which images of a data set, for commands that look at some.
struct DataOptions: ParsableArguments {
  @Option(help: "The file or folder that holds the data set. (default: see jointvae data list)")
  var data: String?

  @Option(help: "The part of the data set: train or test.")
  var split: DataSplit?

  @Option(parsing: .unconditional, help: "Take no more than the first N images.")
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit is \(limit); expected at least 1 image.")
    }
  }

  /// The images of `dataSet`, prepared for a model of `shape`; of a known data set the `usual` part unless --split says.
  func load(
    _ dataSet: String, for shape: ImageShape? = nil, usual: DataSplit
  ) throws -> LabeledImages {
    let isKnown = KnownDataSet.all.contains { $0.name == dataSet }
    return try DataSetCatalog().load(
      DataSetRequest(
        dataSet, path: data, split: split ?? (isKnown ? usual : nil), imageSize: shape?.size,
        limit: limit))
  }
}

extension DataSplit: ExpressibleByArgument {}
