import JointVAE
import JointVAEFiles

/// A setting of a run: one row of ``SettingTable``, with values of one type.
public struct Setting<Value: Sendable>: Sendable {
  /// The setting whatever its type is.
  package let row: AnySetting
  let parse: @Sendable (String) throws -> Value
  let print: @Sendable (Value) -> String
}

/// A setting whose values are texts, as the command line and experiment files give them.
///
/// The table has one of each row and hands out references: as values they filled sixteen kilobytes, whose copies made
/// seven megabytes of code and debugging information.
public final class AnySetting: Sendable {
  /// The option of `jointvae train` without its dashes, and the key in experiment files.
  public let name: String
  /// What its help is listed under.
  public let group: SettingGroup
  /// What it is, for help and documentation.
  public let help: String
  /// What stands for a value in help, such as `share@from-to`.
  public let valueName: String
  /// The value when neither a user nor a recipe gives one; nil where there is none.
  public let defaultValue: SettingDefault?
  /// What a value counts or measures, such as `images`; nil for a plain number or a word.
  public let unit: String?
  /// Which values it may have.
  public let kind: SettingKind
  /// Whether a run keeps it from its first step to its last.
  ///
  /// How long a run lasts, its checkpoints and the place of its data may change when it is resumed; all else
  /// would make the result depend on where the run was interrupted.
  public let isFixed: Bool
  /// What reports call it.
  public let label: String
  /// What stands for no value, such as `none`.
  let absence: String
  /// The setting and value without which this one is refused, such as `sgd` for the momentum.
  package let companion: (name: String, text: String)?
  /// The setting that is not given beside this one, such as the epochs beside the steps.
  public let rival: String?
  /// Its place in config.json; nil where another setting's value holds it.
  let stored: StoredSetting?
  /// Its value in a run; nil for none.
  let text: @Sendable (RunConfiguration) -> String?
  /// Puts a value into a run.
  let apply: @Sendable (String, inout RunConfiguration) throws -> Void
  /// Reads a value and prints it again in its usual form.
  let normalize: @Sendable (String) throws -> String

  init(
    name: String, group: SettingGroup, help: String, valueName: String,
    defaultValue: SettingDefault?, unit: String?, kind: SettingKind, isFixed: Bool, label: String,
    absence: String, companion: (name: String, text: String)?, rival: String?,
    stored: StoredSetting?, text: @escaping @Sendable (RunConfiguration) -> String?,
    apply: @escaping @Sendable (String, inout RunConfiguration) throws -> Void,
    normalize: @escaping @Sendable (String) throws -> String
  ) {
    (self.name, self.group, self.help, self.valueName) = (name, group, help, valueName)
    (self.defaultValue, self.unit, self.kind, self.isFixed) = (defaultValue, unit, kind, isFixed)
    (self.label, self.absence, self.companion, self.rival) = (label, absence, companion, rival)
    (self.stored, self.text, self.apply, self.normalize) = (stored, text, apply, normalize)
  }

  /// Its value in a run, in words.
  package func words(in run: RunConfiguration) -> String { text(run) ?? absence }

  /// - Throws: `ConfigurationError` when `text` is no value of this setting.
  package func check(_ text: String) throws { _ = try normalize(text) }
}

/// What settings are listed under.
public enum SettingGroup: String, CaseIterable, Sendable {
  /// Which images.
  case data = "Data"
  /// What becomes of the images.
  case preparation = "Preparation"
  /// What is learned.
  case model = "Model"
  /// How it is learned.
  case training = "Training"
}

/// The value of a setting that nothing sets.
public enum SettingDefault: ExpressibleByStringLiteral, Sendable {
  /// A value as a user would give it.
  case value(String)
  /// What decides the value, such as `the recipe's`.
  case words(String)

  /// A value.
  public init(stringLiteral text: String) { self = .value(text) }

  /// The value or the words.
  public var text: String {
    switch self {
    case .value(let text), .words(let text): text
    }
  }
}

extension Setting {
  /// A row of the table.
  ///
  /// - Parameters:
  ///   - label: what reports and errors call it; nil for its name in words.
  ///   - valueName: nil for its name.
  ///   - unit: what a value counts or measures.
  ///   - get: its value in a run; nil for none.
  ///   - set: puts a value into a run.
  init(
    _ name: String, _ group: SettingGroup, _ help: String, kind: SettingKind,
    valueName: String? = nil, default defaultValue: SettingDefault? = nil, unit: String? = nil,
    label: String? = nil,
    isFixed: Bool = true, absence: String = "none",
    companion: (name: String, text: String)? = nil, rival: String? = nil,
    stored: StoredSetting? = nil,
    parse: @escaping @Sendable (String) throws -> Value,
    print: @escaping @Sendable (Value) -> String,
    get: @escaping @Sendable (RunConfiguration) -> Value?,
    set: @escaping @Sendable (Value, inout RunConfiguration) throws -> Void
  ) {
    self.parse = parse
    self.print = print
    row = AnySetting(
      name: name, group: group, help: help, valueName: valueName ?? name,
      defaultValue: defaultValue, unit: unit, kind: kind, isFixed: isFixed,
      label: label ?? words(of: name), absence: absence, companion: companion,
      rival: rival, stored: stored, text: { get($0).map(print) },
      apply: { try set(parse($0), &$1) },
      normalize: { try print(parse($0)) })
  }
}

extension Setting where Value: LosslessStringConvertible {
  /// A row whose values Swift itself reads and prints: numbers, texts, `true` and `false`.
  init(
    _ name: String, _ group: SettingGroup, _ help: String, kind: SettingKind,
    valueName: String? = nil, default defaultValue: SettingDefault? = nil, unit: String? = nil,
    label: String? = nil,
    isFixed: Bool = true, absence: String = "none",
    companion: (name: String, text: String)? = nil, rival: String? = nil,
    stored: StoredSetting? = nil,
    get: @escaping @Sendable (RunConfiguration) -> Value?,
    set: @escaping @Sendable (Value, inout RunConfiguration) throws -> Void
  ) {
    self.init(
      name, group, help, kind: kind, valueName: valueName, default: defaultValue, unit: unit,
      label: label,
      isFixed: isFixed, absence: absence, companion: companion, rival: rival, stored: stored,
      parse: {
        guard let value = Value($0) else {
          throw ConfigurationError(
            label ?? words(of: name), $0.quoted, expected: kind.expectation)
        }
        return value
      },
      print: { "\($0)" }, get: get, set: set)
  }

  /// A row whose value stands at one place of a run.
  init(
    _ name: String, _ group: SettingGroup, _ help: String, kind: SettingKind,
    valueName: String? = nil, default defaultValue: SettingDefault? = nil, unit: String? = nil,
    label: String? = nil,
    isFixed: Bool = true, companion: (name: String, text: String)? = nil,
    stored: StoredSetting? = nil, at place: WritableKeyPath<RunConfiguration, Value> & Sendable
  ) {
    self.init(
      name, group, help, kind: kind, valueName: valueName, default: defaultValue, unit: unit,
      label: label,
      isFixed: isFixed, companion: companion, stored: stored, get: { $0[keyPath: place] },
      set: { $1[keyPath: place] = $0 })
  }
}

extension Setting {
  /// A row whose values are a number, and nil for `none`.
  init(
    _ name: String, _ group: SettingGroup, _ help: String, orNone bounds: SettingKind.NumberBounds,
    valueName: String? = nil, unit: String? = nil, label: String? = nil,
    stored: StoredSetting? = nil, at place: WritableKeyPath<RunConfiguration, Double?> & Sendable
  ) where Value == Double? {
    let kind = SettingKind.numberOrNone(bounds)
    self.init(
      name, group, help, kind: kind, valueName: valueName, default: "none", unit: unit,
      label: label, stored: stored,
      parse: {
        if $0 == "none" { return nil }
        guard let value = Double($0) else {
          throw ConfigurationError(label ?? words(of: name), $0.quoted, expected: kind.expectation)
        }
        return value
      },
      print: { $0.map { "\($0)" } ?? "none" }, get: { .some($0[keyPath: place]) },
      set: { $1[keyPath: place] = $0 })
  }
}

extension Setting
where Value: RawRepresentable<String> & CaseIterable & Sendable & SendableMetatype {
  /// A row whose values are a few words.
  init(
    _ name: String, _ group: SettingGroup, _ help: String, valueName: String? = nil,
    default defaultValue: SettingDefault? = nil, unit: String? = nil, label: String? = nil,
    absence: String = "none",
    stored: StoredSetting? = nil, get: @escaping @Sendable (RunConfiguration) -> Value?,
    set: @escaping @Sendable (Value, inout RunConfiguration) throws -> Void
  ) {
    let kind = SettingKind.words(Value.allCases.map(\.rawValue))
    self.init(
      name, group, help, kind: kind, valueName: valueName, default: defaultValue, unit: unit,
      label: label,
      absence: absence, stored: stored,
      parse: {
        guard let value = Value(rawValue: $0) else {
          let guess = NearestName.of($0, among: Value.allCases.map(\.rawValue))
          throw ConfigurationError(
            label ?? words(of: name), $0.quoted,
            expected: kind.expectation + (guess.map { "; did you mean \($0)?" } ?? ""))
        }
        return value
      },
      print: \.rawValue, get: get, set: set)
  }
}

/// `batch size` of `batch-size`.
private func words(of name: String) -> String { name.replacing("-", with: " ") }
