import JointVAE
import JointVAERuns

/// One training of an experiment: settings and a seed.
public struct PlannedRun: Hashable, Sendable {
  /// A setting by which the runs of an experiment differ, and its value, as they stand in the file.
  public struct Setting: Hashable, Sendable {
    /// Such as `discrete`.
    public var name: String
    /// Such as `40,28,14,1`.
    public var value: String
  }

  /// The name of its folder, such as `discrete-4_seed-1`.
  public let name: String
  /// What it shares with the runs that differ from it in nothing but the seed, such as `discrete-4`; `all` when
  /// the experiment varies nothing else.
  public let group: String
  /// The name the file gives it, when it does.
  public let label: String?
  /// Its values of the axes.
  public let settings: [Setting]
  /// Its seed.
  public let seed: UInt64
  /// The data set's name or path.
  public let dataSet: String
  /// All settings that the file gives.
  public let changes: SettingChanges

  /// Its settings.
  ///
  /// - Parameter images: what is known of its images, once they are read.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func configuration(images: ImageFacts? = nil) throws -> RunConfiguration {
    var run = try changes.newRun(on: dataSet, images: images)
    run.images = run.images.withAbsolutePaths
    return run
  }
}
