import JointVAE
import JointVAECluster
import JointVAEData
import JointVAEFiles

/// A training run in a folder of its own: settings, images, and everything that `train` leaves behind.
///
/// What the folder holds at the end does not depend on how often the run was interrupted, but for the times in its logs.
public struct TrainingRun: ~Copyable {
  /// Where its files stand.
  public let folder: RunFolder
  /// Every setting.
  public let configuration: RunConfiguration
  /// The images it learns from.
  public let images: LabeledImages
  /// The images it is measured with after every epoch.
  public let validation: LabeledImages?
  /// What config.json holds.
  let storedConfiguration: RunConfiguration
  private let lock: RunLock
  /// Whether this call has made the folder.
  private let isNew: Bool

  private init(
    folder: RunFolder, configuration: RunConfiguration, stored: RunConfiguration,
    images: LabeledImages, validation: LabeledImages?, isNew: Bool, lock: consuming RunLock
  ) {
    self.folder = folder
    self.configuration = configuration
    storedConfiguration = stored
    self.images = images
    self.validation = validation
    self.isNew = isNew
    self.lock = lock
  }

  /// Removes the folder of a run that was begun and cannot take a step.
  func withdraw() {
    if isNew { folder.removeBegun() }
  }

  /// Begins a run in a new folder.
  ///
  /// - Parameters:
  ///   - folder: the folder to make.
  ///   - dataSet: the name of a data set, or its path.
  ///   - changes: settings other than those of the data set's recipe.
  ///   - catalog: where the images come from.
  ///   - team: ranks that are to train it together.
  /// - Throws: `ConfigurationError` for a setting that cannot be, `FileError` for a folder that is taken or cannot be
  ///   written, what the catalog throws. Nothing is written before the images are read.
  public static func begin(
    in folder: RunFolder, on dataSet: String, changes: SettingChanges, catalog: DataSetCatalog,
    team: RankTeam? = nil
  ) throws -> TrainingRun {
    try folder.requireFree()
    let (settings, all) = try RunConfiguration.new(on: dataSet, changes: changes, catalog: catalog)
    try team?.validate(settings.training)
    return try begin(in: folder, settings, on: all)
  }

  /// Begins a run with these settings in a new folder.
  ///
  /// - Parameter all: the images of the data set.
  /// - Throws: `FileError` for a folder that is taken or cannot be written.
  static func begin(
    in folder: RunFolder, _ settings: RunConfiguration, on all: LabeledImages
  ) throws -> TrainingRun {
    var configuration = settings
    let (images, validation) = try configuration.takeParts(of: all)
    try folder.create()
    let lock = try RunLock(folder)
    folder.removePartialFiles()
    try configuration.write(to: folder.configuration)
    return TrainingRun(
      folder: folder, configuration: configuration, stored: configuration, images: images,
      validation: validation, isNew: true, lock: lock)
  }

  /// Goes on with the run in `folder` from its last checkpoint, or from the start when it was killed before its first.
  ///
  /// - Parameters:
  ///   - folder: the folder of the run.
  ///   - changes: of these, only the length, the early stop, the checkpoint interval and the place of the data may differ from the
  ///     run's own.
  ///   - catalog: where the images come from.
  /// - Throws: `FileError` when there is no such run, another program trains in it, its images are not the same any more,
  ///   or a setting differs; what the catalog throws.
  public static func resume(
    _ folder: RunFolder, changes: SettingChanges, catalog: DataSetCatalog
  ) throws -> TrainingRun {
    try folder.requireRun()
    let lock = try RunLock(folder)
    folder.removePartialFiles()
    let before = try RunConfiguration(ofRunToGoOnWith: folder.configuration)
    var asked = try changes.applied(to: before)
    asked.images = asked.images.withAbsolutePaths
    if let difference = SettingTable.difference(of: asked, from: before) {
      throw RunFolderError(folder.path, .hasOtherSetting(difference))
    }
    let (images, validation) = try asked.loadImages(from: catalog, for: folder.path)
    return TrainingRun(
      folder: folder, configuration: asked, stored: before, images: images,
      validation: validation, isNew: false, lock: lock)
  }
}
