import JointVAE
import JointVAEData

/// Settings that a user gives over those of a recipe or of a run, each with its value.
///
/// Every row of ``SettingTable`` is a property: `changes.learningRate = 0.001` gives a setting, and nil takes it
/// back. Values are kept as the texts that the command line and experiment files give, and checked when they are
/// put into a run.
@dynamicMemberLookup
public struct SettingChanges: Hashable, Sendable {
  /// Texts by the settings' names.
  private var texts: [String: String] = [:]

  /// The optimizers by name.
  public enum OptimizerName: String, Hashable, Sendable, CaseIterable {
    /// Adam.
    case adam
    /// Stochastic gradient descent.
    case sgd
  }

  /// No change.
  public init() {}

  /// The value of a setting; nil where none is given.
  public subscript<Value>(dynamicMember row: KeyPath<SettingTable, Setting<Value>>) -> Value? {
    get {
      let setting = SettingTable.rows[keyPath: row]
      return texts[setting.row.name].flatMap { try? setting.parse($0) }
    }
    set {
      let setting = SettingTable.rows[keyPath: row]
      self[text: setting.row.name] = newValue.map(setting.print)
    }
  }

  /// The text of the setting called `name`; nil where none is given.
  ///
  /// A setting takes the place of its rival: steps that of epochs.
  public subscript(text name: String) -> String? {
    get { texts[name] }
    set {
      texts[name] = newValue
      // `gray: false` asks for nothing, and leaves `rgb: true` as it is.
      guard let newValue, newValue != "false" else { return }
      for rival in SettingTable.rivals(of: name) { texts[rival] = nil }
    }
  }

  /// How long to train: `epochs` or `steps`.
  public var length: TrainingLength? {
    get { self.epochs.map { .epochs($0) } ?? self.steps.map { .steps($0) } }
    set {
      (self.epochs, self.steps) = (nil, nil)
      switch newValue {
      case .epochs(let count): self.epochs = count
      case .steps(let count): self.steps = count
      case nil: break
      }
    }
  }

  /// These changes and, over them, `others`.
  public func merging(_ others: SettingChanges) -> SettingChanges {
    var changes = self
    for (name, text) in others.texts { changes[text: name] = text }
    return changes
  }

  /// `run` with these changes; a recipe changes only its name, not the settings it stands for.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func applied(to run: RunConfiguration) throws -> RunConfiguration {
    var run = run
    for setting in SettingTable.all {
      if let text = texts[setting.name] { try setting.apply(text, &run) }
    }
    try run.validate()
    return run
  }

  /// `request` with those of these changes that choose and prepare images.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func applied(to request: DataSetRequest) throws -> DataSetRequest {
    var run = RunConfiguration(
      training: TrainingConfiguration(
        imageShape: ImageShape(size: 32), latents: LatentSpec(continuous: 1)),
      images: ImagesReference(request), recipe: "")
    for setting in SettingTable.all where setting.group == .data || setting.group == .preparation {
      if let text = texts[setting.name] { try setting.apply(text, &run) }
    }
    return run.images.request
  }
}
