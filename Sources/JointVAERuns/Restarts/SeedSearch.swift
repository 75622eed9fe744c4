import JointVAE
import JointVAEData
import JointVAEFiles

/// Several seeds of a run, each trained part of the way, of which the best goes on.
///
/// Each is an ordinary run that waits. The best one's folder becomes that of the run, so that in the end it holds what
/// training with that seed alone leaves behind, and `restarts.json`. A search that was interrupted, at whatever point, goes
/// on to the same end.
public struct SeedSearch: ~Copyable {
  /// Where the run will stand.
  public let folder: RunFolder
  /// The settings with the first seed, the images counted.
  let settings: RunConfiguration
  /// What is known of the seeds so far.
  let table: RestartTable
  /// What a continued search asks for; only what may differ.
  let changes: SettingChanges
  let restarts: RestartFolder
  let catalog: DataSetCatalog
  /// Nil in the process of a job, whose rank 0 has it.
  private let lock: RunLock?

  private init(
    folder: RunFolder, settings: RunConfiguration, table: RestartTable, changes: SettingChanges,
    catalog: DataSetCatalog, lock: consuming RunLock?
  ) {
    self.folder = folder
    self.settings = settings
    self.table = table
    self.changes = changes
    restarts = RestartFolder(of: folder)
    self.catalog = catalog
    self.lock = lock
  }

  /// Begins a search for a run in a new folder.
  ///
  /// - Parameters:
  ///   - folder: where the run is to stand.
  ///   - dataSet: the name of a data set, or its path.
  ///   - changes: settings other than those of the data set's recipe; its seed is the first one.
  ///   - request: how many seeds, and how far.
  ///   - catalog: where the images come from.
  /// - Throws: `ConfigurationError` for a setting that cannot be, `FileError` for a folder that is taken or cannot be
  ///   written, what the catalog throws. Nothing is written before the images are read.
  public static func begin(
    in folder: RunFolder, on dataSet: String, changes: SettingChanges, request: RestartRequest,
    catalog: DataSetCatalog
  ) throws -> SeedSearch {
    try request.validate()
    try RestartFolder.requireName(of: folder)
    try folder.requireFree()
    let restarts = RestartFolder(of: folder)
    try restarts.requireFree()
    var (settings, all) = try RunConfiguration.new(on: dataSet, changes: changes, catalog: catalog)
    _ = try settings.takeParts(of: all)
    let table = try request.table(for: settings)
    try restarts.create()
    let lock = try RunLock(RunFolder(restarts.path))
    restarts.removePartialFiles()
    try settings.write(to: restarts.settings)
    try table.write(to: restarts.table)
    return SeedSearch(
      folder: folder, settings: settings, table: table, changes: SettingChanges(),
      catalog: catalog, lock: lock)
  }

  /// Goes on with a search where it was interrupted.
  ///
  /// - Parameters:
  ///   - folder: where the run is to stand.
  ///   - changes: of these, only the checkpoint interval and the place of the data may differ from the search's own.
  ///   - request: nil for whatever it was.
  ///   - catalog: where the images come from.
  /// - Returns: nil when there is none to go on with: a seed was chosen already, or none was asked for.
  /// - Throws: `FileError` when a setting differs from the search's, another program is at it, or a file is damaged.
  public static func resume(
    _ folder: RunFolder, changes: SettingChanges, request: RestartRequest?,
    catalog: DataSetCatalog
  ) throws -> SeedSearch? {
    try request?.validate()
    let restarts = RestartFolder(of: folder)
    if folder.isRun {
      try finishChoice(folder, changes: changes, request: request)
      return nil
    }
    guard restarts.isBegun else { return nil }
    try folder.requireFree()
    let lock = try RunLock(RunFolder(restarts.path))
    restarts.removePartialFiles()
    return try begun(folder, changes: changes, request: request, catalog: catalog, lock: lock)
  }

  /// Whether a search for the run in a folder was begun, and no seed is chosen yet.
  public static func isUnfinished(in folder: RunFolder) -> Bool {
    !folder.isRun && RestartFolder(of: folder).isBegun
  }

  /// A search that was begun, for a process that trains one of its seeds for the program that goes on with it.
  ///
  /// - Parameters:
  ///   - folder: where the run is to stand.
  ///   - changes: those of the program that goes on with a search; none for one that has just begun it.
  ///   - catalog: where the images come from.
  /// - Throws: as ``resume(_:changes:request:catalog:)``.
  static func joined(
    _ folder: RunFolder, changes: SettingChanges, catalog: DataSetCatalog
  ) throws -> SeedSearch {
    try begun(folder, changes: changes, request: nil, catalog: catalog, lock: nil)
  }

  private static func begun(
    _ folder: RunFolder, changes: SettingChanges, request: RestartRequest?,
    catalog: DataSetCatalog, lock: consuming RunLock?
  ) throws -> SeedSearch {
    let restarts = RestartFolder(of: folder)
    let table = try RestartTable(contentsOf: restarts.table)
    try table.requireSame(request, seed: changes.seed, path: restarts.path)
    let before = try RunConfiguration(ofRunToGoOnWith: restarts.settings)
    guard before.training.seed == table.firstSeed else {
      throw FileError(
        restarts.settings,
        "has seed \(before.training.seed); expected \(table.firstSeed), as in restarts.json")
    }
    var settings = try changes.applied(to: before)
    settings.images = settings.images.withAbsolutePaths
    if let difference = SettingTable.difference(of: settings, from: before) {
      throw RunFolderError(restarts.path, .hasOtherSetting(difference))
    }
    guard settings.training.length == before.training.length else {
      throw FileError(
        restarts.path,
        "was begun with a length of \(before.training.length.words), not "
          + "\(settings.training.length.words); change it when one of the seeds goes on")
    }
    return SeedSearch(
      folder: folder, settings: settings, table: table, changes: changes.ofChosenSeed,
      catalog: catalog, lock: lock)
  }

  /// Finishes what comes after a run was put in its place, and makes sure that it is what is asked for.
  private static func finishChoice(
    _ folder: RunFolder, changes: SettingChanges, request: RestartRequest?
  ) throws {
    guard folder.hasRestarts else {
      guard request == nil else {
        throw RunFolderError(folder.path, .hasNoRestarts)
      }
      return
    }
    let table = try RestartTable(contentsOf: folder.restarts)
    if let request { try table.requireSame(request, seed: changes.seed, path: folder.path) }
    RestartFolder(of: folder).removeRest(of: table)
  }
}

extension SettingChanges {
  /// The same for the seed that goes on, which may be another than the first.
  public var ofChosenSeed: SettingChanges {
    var changes = self
    changes.seed = nil
    return changes
  }
}
